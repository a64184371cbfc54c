"""What the database itself holds about a switch-over: no confirmation past a safety item, no leap of the load."""

from harmonia.commons.nexus.models.preflight_check import ATTESTED_H

_VIOLATION = "USING ERRCODE = 'integrity_constraint_violation'"
_SAFETY_SAYS = "nexus: a safety item is missing, red or stale"
_RAMP_SAYS = "nexus: a ramp rises by 0.5 at most, after 14 days at least, from a load that is not held"
_KEPT_SAYS = "nexus: an activation keeps what was confirmed"

_ITEMS = " UNION ALL ".join(
    f"SELECT '{item}' AS item, {hours} AS hours" for item, hours in ATTESTED_H.items()
)


def _safety(fresh: str) -> str:
    """Return when a step to `ramping` from `checking` lacks a fresh green newest check of some safety item."""
    return f"""OLD.state = 'checking' AND NEW.state = 'ramping' AND EXISTS (
        SELECT 1 FROM ({_ITEMS}) i WHERE NOT EXISTS (
            SELECT 1 FROM nexus_preflightcheck c
            WHERE c.activation_id = NEW.id AND c.item = i.item AND c.state = 'green' AND {fresh}
              AND c.id = (SELECT MAX(d.id) FROM nexus_preflightcheck d
                          WHERE d.activation_id = NEW.id AND d.item = i.item)))"""


_SAFETY_SQLITE = _safety(
    "julianday(c.at) >= julianday(NEW.confirmed_at) - i.hours / 24.0 - 1e-6 AND c.at <= NEW.confirmed_at"
)
_SAFETY_POSTGRESQL = _safety(
    "c.at >= NEW.confirmed_at - i.hours * interval '1 hour' AND c.at <= NEW.confirmed_at"
)

_ONCE = (
    *("pressed_by", "pressed_at", "confirmed_by", "confirmed_at", "version_id", "ended_at"),
    *("ramp_planned_at",),
)
_FROM_THE_START = ("subject", "title", "edits", "sha256", "promised", "words", "goal_kg_vs_m3_d", "before_id")


def _kept(differs: str, cast: str) -> str:
    fixed = " OR ".join(f"NEW.{c}{cast} {differs} OLD.{c}{cast}" for c in _FROM_THE_START)
    once = " OR ".join(
        f"(OLD.{c} IS NOT NULL AND OLD.state <> 'checking' AND NEW.{c} {differs} OLD.{c})" for c in _ONCE
    )
    return f"{fixed} OR {once}"


def _ramp(days: str) -> str:
    """Return when a record does not follow from the one before it."""
    last = "(SELECT r.{} FROM nexus_ramprecord r WHERE r.activation_id = NEW.activation_id ORDER BY r.number DESC LIMIT 1)"
    raised = """(SELECT MAX(r.at) FROM nexus_ramprecord r
        WHERE r.activation_id = NEW.activation_id AND r.kind IN ('start', 'rise'))"""
    load, kind, number, at = (last.format(c) for c in ("loading_kg_vs_m3_d", "kind", "number", "at"))
    return f"""NEW.number > 1 AND (
        {number} IS NULL OR NEW.number <> {number} + 1 OR NEW.at < {at} OR {kind} IN ('finish', 'roll_back')
        OR (NEW.kind IN ('hold', 'resume', 'finish') AND NEW.loading_kg_vs_m3_d <> {load})
        OR (NEW.kind = 'resume' AND {kind} <> 'hold')
        OR (NEW.kind = 'rise' AND ({kind} = 'hold' OR NEW.loading_kg_vs_m3_d > {load} + 0.500001
                                   OR {days.format(raised)})))"""


_RAMP_SQLITE = _ramp("julianday(NEW.at) - julianday({}) < 14 - 1e-6")
_RAMP_POSTGRESQL = _ramp("NEW.at < {} + interval '14 days'")


def _sqlite(name: str, verb: str, table: str, rule: str, says: str) -> str:
    return f"""CREATE TRIGGER {name} BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, '{says}') WHERE {rule}; END"""


def _postgresql(name: str, verb: str, table: str, rule: str, says: str) -> list[str]:
    return [
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {rule} THEN RAISE EXCEPTION '{says}' {_VIOLATION}; END IF;
            RETURN NEW;
        END $$""",
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _refuse_all(verb: str) -> list[str]:
    each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
    name = f"nexus_activation_no_{verb.lower()}"
    return [
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{_KEPT_SAYS}' {_VIOLATION}; END $$""",
        f"CREATE TRIGGER {name} BEFORE {verb} ON nexus_activation FOR EACH {each} EXECUTE FUNCTION {name}()",
    ]


# A confirmation cannot be inserted either: the first row of an activation is always one that is still checked.
_BORN = "NEW.state <> 'checking'"

SQLITE = [
    _sqlite("nexus_activation_safe", "UPDATE", "nexus_activation", _SAFETY_SQLITE, _SAFETY_SAYS),
    _sqlite("nexus_activation_born", "INSERT", "nexus_activation", _BORN, _SAFETY_SAYS),
    _sqlite("nexus_activation_kept", "UPDATE", "nexus_activation", _kept("IS NOT", ""), _KEPT_SAYS),
    _sqlite("nexus_activation_no_delete", "DELETE", "nexus_activation", "1", _KEPT_SAYS),
    _sqlite("nexus_ramprecord_follows", "INSERT", "nexus_ramprecord", _RAMP_SQLITE, _RAMP_SAYS),
]
POSTGRESQL = [
    *_postgresql("nexus_activation_safe", "UPDATE", "nexus_activation", _SAFETY_POSTGRESQL, _SAFETY_SAYS),
    *_postgresql("nexus_activation_born", "INSERT", "nexus_activation", _BORN, _SAFETY_SAYS),
    *_postgresql(
        "nexus_activation_kept", "UPDATE", "nexus_activation", _kept("IS DISTINCT FROM", "::text"), _KEPT_SAYS
    ),
    *_refuse_all("DELETE"),
    *_refuse_all("TRUNCATE"),
    *_postgresql("nexus_ramprecord_follows", "INSERT", "nexus_ramprecord", _RAMP_POSTGRESQL, _RAMP_SAYS),
]
