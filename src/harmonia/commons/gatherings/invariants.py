"""What the database itself holds: a gathering closes only when every worry and question has its answer."""

_UNANSWERED = """NEW.state = 'closed' AND OLD.state <> 'closed' AND EXISTS (
    SELECT 1 FROM gatherings_concern c WHERE c.gathering_id = NEW.id AND c.state = 'asked')"""
_OVER = "OLD.state IN ('closed', 'called_off') AND NEW.state <> OLD.state"
_LATE = (
    "(SELECT g.state FROM gatherings_gathering g WHERE g.id = NEW.gathering_id) IN ('closed', 'called_off')"
)
_RULES = (
    ("gathering", "UPDATE", _UNANSWERED, "gatherings: a worry or a question waits for its answer"),
    ("gathering", "UPDATE", _OVER, "gatherings: what is over stays over"),
    ("concern", "INSERT", _LATE, "gatherings: this gathering is over"),
)
_VIOLATION = "USING ERRCODE = 'integrity_constraint_violation'"

SQLITE = [
    f"""CREATE TRIGGER gatherings_rule_{number} BEFORE {verb} ON gatherings_{table}
    BEGIN SELECT RAISE(ABORT, '{says}') WHERE {wrong}; END"""
    for number, (table, verb, wrong, says) in enumerate(_RULES)
]


def _postgresql(number: int, table: str, verb: str, wrong: str, says: str) -> list[str]:
    return [
        f"""CREATE FUNCTION gatherings_rule_{number}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF {wrong} THEN RAISE EXCEPTION '{says}' {_VIOLATION}; END IF; RETURN NEW; END $$""",
        f"""CREATE TRIGGER gatherings_rule_{number} BEFORE {verb} ON gatherings_{table}
        FOR EACH ROW EXECUTE FUNCTION gatherings_rule_{number}()""",
    ]


POSTGRESQL = [statement for n, rule in enumerate(_RULES) for statement in _postgresql(n, *rule)]
