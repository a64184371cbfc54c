"""The count in the masthead."""

from typing import Any

from django import template

from harmonia.commons.notices import queries

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: dict[str, Any]) -> int:
    """How many notices the visitor has not read: `{% unread_notices as unread %}`."""
    user = context.get("user")
    return queries.unread(user) if user is not None and user.is_authenticated else 0
