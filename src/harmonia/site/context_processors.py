"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from harmonia.site.cloth import strip


def habitat(request: HttpRequest) -> dict[str, Any]:
    """Return the habitat's name, the chosen theme, and the strip of its own cloth."""
    theme = request.COOKIES.get("theme", "")
    return {
        "habitat_name": settings.CONFIG.name,
        "demo": settings.CONFIG.demo,
        "theme": theme if theme in ("night", "day") else "",
        "cloth_strip": strip(),
    }
