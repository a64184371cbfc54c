"""What the database held of the first, open votes; migration 0002 installs it, migration 0003 replaces it."""

_FROZEN = (
    *("title", "story", "budget", "currency", "closes_on", "voting_at"),
    *("electorate", "frozen_at", "frozen", "frozen_sha256"),
)
_ONCE = ("decision", "bundle", "plant_version_id")
_VIOLATION = "USING ERRCODE = 'integrity_constraint_violation'"
_EDITABLE = "('drafting', 'open')"

_OPTION_SAYS = "voice: what people vote on is frozen"
_APPROVAL_SAYS = "voice: the vote is not open"
_UPGRADE_SAYS = "voice: an upgrade keeps what was voted on"


_OPTION_RULE = "(SELECT state FROM voice_upgrade WHERE id = ROW.upgrade_id) NOT IN ('drafting', 'open')"
_APPROVAL_RULE = """(SELECT u.state FROM voice_upgrade u JOIN voice_option o ON o.upgrade_id = u.id
                     WHERE o.id = ROW.option_id) <> 'voting'"""


def _any(rule: str, rows: tuple[str, ...]) -> str:
    return " OR ".join(rule.replace("ROW", row) for row in rows)


def _upgrade_rule(differs: str) -> str:
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in _FROZEN)
    rewritten = " OR ".join(f"(OLD.{c} IS NOT NULL AND NEW.{c} {differs} OLD.{c})" for c in _ONCE)
    return f"OLD.state NOT IN {_EDITABLE} AND (NEW.state IN {_EDITABLE} OR {changed} OR {rewritten})"


_ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def _sqlite(name: str, table: str, verb: str, rule: str, says: str) -> str:
    return f"""CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, '{says}') WHERE {rule}; END"""


SQLITE = [
    *(
        _sqlite("voice_option_frozen", "voice_option", verb, _any(_OPTION_RULE, rows), _OPTION_SAYS)
        for verb, rows in _ROWS.items()
    ),
    *(
        _sqlite(
            "voice_approval_open",
            "voice_approval",
            verb,
            _any(_APPROVAL_RULE, rows),
            _APPROVAL_SAYS,
        )
        for verb, rows in _ROWS.items()
    ),
    _sqlite("voice_upgrade_kept", "voice_upgrade", "UPDATE", _upgrade_rule("IS NOT"), _UPGRADE_SAYS),
    _sqlite("voice_upgrade_kept", "voice_upgrade", "DELETE", f"OLD.state NOT IN {_EDITABLE}", _UPGRADE_SAYS),
]


def _postgresql(name: str, table: str, verb: str, rule: str, says: str) -> list[str]:
    function = f"{name}_{verb.lower()}"
    row = "OLD" if verb == "DELETE" else "NEW"
    return [
        f"""CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {rule} THEN RAISE EXCEPTION '{says}' {_VIOLATION}; END IF;
            RETURN {row};
        END $$""",
        f"""CREATE TRIGGER {function} BEFORE {verb} ON {table}
        FOR EACH ROW EXECUTE FUNCTION {function}()""",
    ]


def _no_truncate(table: str, says: str) -> list[str]:
    return [
        f"""CREATE FUNCTION {table}_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{says}' {_VIOLATION}; END $$""",
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_no_truncate()""",
    ]


def _postgresql_all() -> list[str]:
    found: list[str] = []
    for verb, rows in _ROWS.items():
        found += _postgresql(
            "voice_option_frozen", "voice_option", verb, _any(_OPTION_RULE, rows), _OPTION_SAYS
        )
        found += _postgresql(
            "voice_approval_open", "voice_approval", verb, _any(_APPROVAL_RULE, rows), _APPROVAL_SAYS
        )
    kept = _upgrade_rule("IS DISTINCT FROM")
    gone = f"OLD.state NOT IN {_EDITABLE}"
    found += _postgresql("voice_upgrade_kept", "voice_upgrade", "UPDATE", kept, _UPGRADE_SAYS)
    found += _postgresql("voice_upgrade_kept", "voice_upgrade", "DELETE", gone, _UPGRADE_SAYS)
    for table in ("voice_option", "voice_approval", "voice_upgrade"):
        found += _no_truncate(table, _UPGRADE_SAYS)
    return found


POSTGRESQL = _postgresql_all()
