"""People in the admin: roles and access; nothing that belongs to an action."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from harmonia.commons.people.actions import Refused, give_roles
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

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """Leave the writing to the action; it needs the groups, which Django hands over next."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Give the roles that were ticked."""
        chosen = form.cleaned_data
        roles = [group.name for group in chosen["groups"]]
        try:
            give_roles(Person.objects.get(pk=form.instance.pk), roles, may_sign_in=chosen["is_active"])
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People join by invitation."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """People leave by themselves."""
        return False
