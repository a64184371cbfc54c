"""What the database itself holds, on SQLite and PostgreSQL alike: each table's rules in SQL both understand.

OLD and NEW are the row before and after; `differs` is the database's word for "is another value, or NULL".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_VIOLATION = "USING ERRCODE = 'integrity_constraint_violation'"
_EDITABLE = "('drafting', 'open', 'foreseen')"


@dataclass(frozen=True)
class Guard:
    """When a change of a table is refused, by verb, and what is said."""

    table: str
    says: str
    refused: Mapping[str, str] = field(default_factory=dict)


def _state(row: str) -> str:
    return f"(SELECT state FROM voice_upgrade WHERE id = {row}.upgrade_id)"


def _changed(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f"NEW.{column} DIFFERS OLD.{column}" for column in columns) + ")"


_FROZEN = (
    *("title", "story", "budget", "currency", "ballot_kind", "per", "age", "assisted", "closes_on"),
    *("voting_at", "electorate", "frozen_at", "frozen", "frozen_sha256"),
)
_ONCE = ("decision", "result", "bundle", "plant_version_id", "account")
_REWRITTEN = " OR ".join(f"(OLD.{c} IS NOT NULL AND NEW.{c} DIFFERS OLD.{c})" for c in _ONCE)
_BEGUN = f"OLD.state NOT IN {_EDITABLE}"

GUARDS = (
    Guard(
        "voice_upgrade",
        "voice: an upgrade keeps what was voted on",
        {
            "UPDATE": f"{_BEGUN} AND (NEW.state IN {_EDITABLE} OR {_changed(_FROZEN)} OR {_REWRITTEN})",
            "DELETE": _BEGUN,
        },
    ),
    Guard(
        "voice_option",
        "voice: what people vote on is frozen",
        {
            "INSERT": f"{_state('NEW')} NOT IN {_EDITABLE}",
            "UPDATE": f"{_state('OLD')} NOT IN {_EDITABLE} OR {_state('NEW')} NOT IN {_EDITABLE}",
            "DELETE": f"{_state('OLD')} NOT IN {_EDITABLE}",
        },
    ),
    Guard(
        "voice_voter",
        "voice: the roll is frozen",
        {
            "INSERT": f"{_state('NEW')} NOT IN {_EDITABLE}",
            "UPDATE": f"{_state('OLD')} <> 'voting' OR {_changed(('id', 'upgrade_id', 'voter'))}"
            " OR (OLD.voted AND NOT NEW.voted)",
            "DELETE": f"{_state('OLD')} NOT IN {_EDITABLE}",
        },
    ),
    Guard(
        "voice_ballot",
        "voice: the vote is not open",
        {
            "INSERT": f"{_state('NEW')} <> 'voting'",
            # A changed mind is a new row; nothing rewrites one.
            "UPDATE": "1 = 1",
            "DELETE": f"{_state('OLD')} <> 'voting'",
        },
    ),
    Guard(
        "voice_logentry",
        "voice: the log only grows, while the vote is open",
        {
            "INSERT": f"{_state('NEW')} <> 'voting'",
            "UPDATE": "1 = 1",
            "DELETE": f"OLD.place IS NOT NULL OR {_state('OLD')} <> 'voting'",
        },
    ),
    Guard(
        "voice_checkpoint",
        "voice: a signed checkpoint stays",
        {"INSERT": f"{_state('NEW')} <> 'voting'", "UPDATE": "1 = 1", "DELETE": "1 = 1"},
    ),
    Guard(
        "voice_cosignature", "voice: the signature of a witness stays", {"UPDATE": "1 = 1", "DELETE": "1 = 1"}
    ),
    Guard(
        "voice_recounter",
        "voice: an oath and a finding stay",
        {
            "UPDATE": f"{_changed(('upgrade_id', 'token', 'asked_by'))}"
            " OR (OLD.sworn_at IS NOT NULL AND NEW.sworn_at DIFFERS OLD.sworn_at)",
            "DELETE": "1 = 1",
        },
    ),
    Guard("voice_moderation", "voice: the moderation log stays", {"UPDATE": "1 = 1", "DELETE": "1 = 1"}),
    Guard("voice_revision", "voice: what an option said stays", {"UPDATE": "1 = 1"}),
)


def _sqlite(guard: Guard, verb: str, rule: str) -> str:
    return f"""CREATE TRIGGER {guard.table}_{verb.lower()} BEFORE {verb} ON {guard.table}
    BEGIN SELECT RAISE(ABORT, '{guard.says}') WHERE {rule.replace("DIFFERS", "IS NOT")}; END"""


def _postgresql(guard: Guard, verb: str, rule: str) -> list[str]:
    name = f"{guard.table}_{verb.lower()}_guard"
    row = "OLD" if verb == "DELETE" else "NEW"
    return [
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {rule.replace("DIFFERS", "IS DISTINCT FROM")} THEN
                RAISE EXCEPTION '{guard.says}' {_VIOLATION}; END IF;
            RETURN {row};
        END $$""",
        f"""CREATE TRIGGER {name} BEFORE {verb} ON {guard.table}
        FOR EACH ROW EXECUTE FUNCTION {name}()""",
    ]


def _no_truncate(guard: Guard) -> list[str]:
    name = f"{guard.table}_truncate_guard"
    return [
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{guard.says}' {_VIOLATION}; END $$""",
        f"""CREATE TRIGGER {name} BEFORE TRUNCATE ON {guard.table}
        FOR EACH STATEMENT EXECUTE FUNCTION {name}()""",
    ]


def sqlite(guards: Sequence[Guard]) -> list[str]:
    """Return what makes SQLite hold these tables."""
    return [_sqlite(guard, verb, rule) for guard in guards for verb, rule in guard.refused.items()]


def postgresql(guards: Sequence[Guard]) -> list[str]:
    """Return what makes PostgreSQL hold these tables."""
    return [
        *(
            text
            for guard in guards
            for verb, rule in guard.refused.items()
            for text in _postgresql(guard, verb, rule)
        ),
        *(text for guard in guards for text in _no_truncate(guard)),
    ]


SQLITE, POSTGRESQL = sqlite(GUARDS), postgresql(GUARDS)

OPERATION = (
    Guard(
        "voice_operation",
        "voice: how it is run is told once the vote is decided, and stays",
        {
            "INSERT": f"{_state('NEW')} NOT IN ('decided', 'scheduled', 'activated', 'accounted') OR EXISTS"
            " (SELECT 1 FROM voice_operation o WHERE o.upgrade_id = NEW.upgrade_id AND o.chosen <> '')",
            "UPDATE": "1 = 1",
            "DELETE": "1 = 1",
        },
    ),
)
"""What migration 0007 adds: the table came after the others."""

_FORMER = {
    "voice_option": ("voice_option_frozen", ("insert", "update", "delete")),
    "voice_approval": ("voice_approval_open", ("insert", "update", "delete")),
    "voice_upgrade": ("voice_upgrade_kept", ("update", "delete")),
}

DROP_SQLITE = [f"DROP TRIGGER {name}_{verb}" for name, verbs in _FORMER.values() for verb in verbs]
DROP_POSTGRESQL = [
    *(f"DROP FUNCTION {name}_{verb}() CASCADE" for name, verbs in _FORMER.values() for verb in verbs),
    *(f"DROP FUNCTION {table}_no_truncate() CASCADE" for table in _FORMER),
]
