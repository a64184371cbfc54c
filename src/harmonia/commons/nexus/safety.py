"""Whether required safety readings are fresh and clear. No override exists; Harmonia is no safety device."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.nexus.models import Reading, SafetyRule

CLEAR, RED, STALE, MISSING = "clear", "red", "stale", "missing"


@dataclass(frozen=True)
class SafetyCheck:
    """One required safety reading: `state` is clear, red, stale or missing."""

    kind: Reading.Kind
    state: str
    at: datetime | None
    value: float | None
    due: datetime | None

    @property
    def is_clear(self) -> bool:
        """Whether it stands in nobody's way."""
        return self.state == CLEAR

    @property
    def sentence(self) -> str:
        """What it says, for people."""
        words = {
            CLEAR: _("%(what)s: clear."),
            RED: _("%(what)s: red. Leave the room, air it, and call whoever looks after the plant."),
            STALE: _("%(what)s: too old to rely on."),
            MISSING: _("%(what)s: nobody has recorded one yet."),
        }
        return words[self.state] % {"what": self.kind.label}


@dataclass(frozen=True)
class SafetyState:
    """All required safety readings at one moment."""

    checks: tuple[SafetyCheck, ...]

    @property
    def is_clear(self) -> bool:
        """Whether feed plans, kitchen gas and activation are open."""
        return all(check.is_clear for check in self.checks)

    @property
    def sentence(self) -> str:
        """Why they are closed, or that nothing stands in the way."""
        wrong = [check.sentence for check in self.checks if not check.is_clear]
        if not wrong:
            return _("All required safety readings are fresh and clear.")
        return " ".join(
            [*wrong, _("Until then feed plans, kitchen gas and changes of the plant stay closed.")]
        )


def check_safety(now: datetime | None = None) -> SafetyState:
    """Return how the required safety readings stand at a moment (default: now)."""
    moment = now or timezone.now()
    return SafetyState(tuple(_check(rule, moment) for rule in SafetyRule.objects.all()))


def _check(rule: SafetyRule, now: datetime) -> SafetyCheck:
    kind = Reading.Kind(rule.kind)
    latest = Reading.objects.filter(kind=kind, at__lte=now).order_by("-at", "-id").first()
    if latest is None:
        return SafetyCheck(kind, MISSING, None, None, None)
    due = latest.at + timedelta(hours=rule.fresh_h)
    state = RED if not latest.passed else STALE if due < now else CLEAR
    return SafetyCheck(kind, state, latest.at, latest.value, due)


def red_limit(kind: Reading.Kind) -> float | None:
    """Return from which value on a safety reading is red at this site, None for tests."""
    rule = SafetyRule.objects.filter(kind=kind).first()
    return rule.red_from if rule else None
