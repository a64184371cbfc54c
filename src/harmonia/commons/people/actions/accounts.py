"""Invitations, accounts, roles, and the way out."""

from collections.abc import Collection
from uuid import UUID, uuid4

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal import registry
from harmonia.commons.journal.actions import record
from harmonia.commons.people.errors import Refused
from harmonia.commons.people.models import Invitation, Person, Pseudonym
from harmonia.commons.people.roles import ROLES


@transaction.atomic
def invite(
    host: Person | None, role: str = "resident", *, for_minor: bool = False, same_household: bool = False
) -> Invitation:
    """Make an invitation link. Only architects and facilitators may invite into roles beyond resident."""
    if role not in ROLES:
        raise Refused(_("There is no role of that name."))
    allowed = host is None or role == "resident" or host.has_perm("people.add_invitation")
    if not allowed:
        raise Refused(_("You can invite residents; ask a facilitator for other roles."))
    if for_minor and (host is None or host.is_minor):
        raise Refused(_("An adult has to invite somebody under 16."))
    home = host is not None and (same_household or for_minor)
    return Invitation.objects.create(host=host, role=role, for_minor=for_minor, same_household=home)


@transaction.atomic
def join(code: str, *, email: str, name: str, password: str, language: str = "") -> Person:
    """Turn an open invitation into an account; whoever a member invited still needs others to vouch for them."""
    invitation = Invitation.objects.select_for_update().filter(code=code).first()
    if invitation is None or not invitation.is_open:
        raise Refused(_("This invitation was used or has run out. Ask for a new one."))
    if Person.objects.filter(email__iexact=email).exists():
        raise Refused(_("There is an account with this address already. Sign in, or choose a new password."))
    guardian = invitation.host if invitation.for_minor else None
    person = enrol(
        email=email,
        name=name,
        password=password,
        roles=(invitation.role,),
        language=language,
        guardian=guardian,
        vouched=invitation.host is None,
        home_of=invitation.host if invitation.same_household else None,
    )
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    return person


@transaction.atomic
def enrol(
    *,
    email: str | None,
    name: str,
    password: str | None,
    roles: tuple[str, ...] = ("resident",),
    language: str = "",
    guardian: Person | None = None,
    vouched: bool = True,
    home_of: Person | None = None,
) -> Person:
    """Make an account with roles, as the set-up and an accepted invitation do; `home_of` shares a household."""
    person = Person.objects.create_user(
        email,
        password,
        name=name,
        language=language,
        guardian=guardian,
        vouched=vouched,
        is_staff="architect" in roles,
    )
    if home_of is not None:
        person.home = home_of.home
        person.save(update_fields=["home"])
    person.groups.set(Group.objects.filter(name__in=("resident", *roles)))
    Pseudonym.objects.create(person=person)
    record("people", "joined", token=str(token_of(person)))
    return person


def enrol_without_device(by: Person, *, name: str) -> Person:
    """Make a place for somebody who has no mail address: they vote on paper once members vouched for them."""
    if not by.is_active or not by.has_perm("people.add_invitation"):
        raise Refused(_("Ask a facilitator to do this. Nothing was changed."))
    if not name.strip():
        raise Refused(_("Write the name they want to be called by. Nothing was kept."))
    return enrol(email=None, name=name.strip(), password=None, vouched=False)


@transaction.atomic
def give_roles(person: Person, roles: Collection[str], *, may_sign_in: bool = True) -> None:
    """Set what a person may do here; everybody keeps being a resident, and one architect always stays."""
    if unknown := set(roles) - set(ROLES):
        raise Refused(_("There is no role '%(role)s'.") % {"role": min(unknown)})
    stays = "architect" in roles and may_sign_in
    if not stays and person.groups.filter(name="architect").exists() and _architects() == 1:
        raise Refused(_("This is the only architect. Make somebody else architect first."))
    person.groups.set(Group.objects.filter(name__in=("resident", *roles)))
    person.is_staff, person.is_active = "architect" in roles, may_sign_in
    person.save(update_fields=["is_staff", "is_active"])
    record("people", "roles", token=str(token_of(person)), roles=sorted({"resident", *roles}))


def token_of(person: Person) -> UUID:
    """Return the pseudonym under which records know a person."""
    return Pseudonym.objects.get_or_create(person=person)[0].token


@transaction.atomic
def leave(person: Person) -> None:
    """Let a person go: every app lets go first, then name, address and pseudonym are erased."""
    if person.wards.exists():
        raise Refused(
            _("Somebody under 16 is here through you. Let them leave first, or find another guardian.")
        )
    if person.groups.filter(name="architect").exists() and _architects() == 1:
        raise Refused(_("You are the only architect. Make somebody else architect first."))
    record("people", "left", token=str(token_of(person)))
    registry.leave(person)
    Pseudonym.objects.filter(person=person).delete()
    Invitation.objects.filter(host=person, used_at__isnull=True).delete()
    person.groups.clear()
    person.email, person.name, person.language, person.guardian = None, "", "", None
    person.home = uuid4()
    person.is_active = person.is_staff = person.is_superuser = False
    person.left_at = timezone.now()
    person.set_unusable_password()
    person.save()


def _architects() -> int:
    return Person.objects.filter(groups__name="architect", is_active=True).count()


@transaction.atomic
def rename(person: Person, *, name: str, language: str) -> None:
    """Change the name and the language a person chose."""
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
