"""The log of moderation, to read."""

from typing import Any

from django.contrib import admin

from harmonia.commons.alchemy.models import Moderation


@admin.register(Moderation)
class ModerationAdmin(admin.ModelAdmin[Moderation]):
    """What was hidden and shown again, by whom and why; the database refuses changes."""

    list_display = ["at", "artifact", "kind", "reason"]
    list_filter = ["kind"]

    def has_add_permission(self, *_: Any, **__: Any) -> bool:
        """Nobody decides here: the page asks for a reason and tells the journal."""
        return False

    def has_change_permission(self, *_: Any, **__: Any) -> bool:
        """Nothing is edited."""
        return False

    def has_delete_permission(self, *_: Any, **__: Any) -> bool:
        """Nothing is deleted."""
        return False
