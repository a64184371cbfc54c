"""People in the admin: roles and access; nothing that belongs to an action."""

from django.contrib import admin
from django.http import HttpRequest

from harmonia.commons.people.models import Person


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """Give roles; people change their own names, and leave through their own page."""

    list_display = ("name", "is_active", "joined_at")
    list_filter = ("groups", "is_active")
    search_fields = ("name",)
    fields = ("name", "is_active", "groups")
    readonly_fields = ("name",)
    filter_horizontal = ("groups",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People join by invitation."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """People leave by themselves."""
        return False
