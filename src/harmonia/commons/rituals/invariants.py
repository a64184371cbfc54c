"""What the database itself holds of a ritual: two people at a switch, and the way back from a pause."""

_VIOLATION = "USING ERRCODE = 'integrity_constraint_violation'"

_CONFIRMED = """EXISTS (SELECT 1 FROM rituals_activation a WHERE a.ritual_id = NEW.id
                AND a.confirmed_by IS NOT NULL AND a.confirmed_by <> a.called_by)"""

# (what is wrong, the sentence): NEW and OLD are rows of rituals_ritual.
_RITUAL = (
    (
        # Without a switch it may celebrate too, and says why.
        f"OLD.state = 'activating' AND NEW.state = 'celebrating' AND NEW.reason = '' AND NOT {_CONFIRMED}",
        "rituals: two people switch a plant over",
    ),
    (
        "OLD.state = 'paused' AND NEW.state NOT IN ('paused', 'called_off', OLD.paused_from)",
        "rituals: a pause returns to where it was",
    ),
    (
        "OLD.state IN ('closed', 'called_off') AND NEW.state <> OLD.state",
        "rituals: what is over stays over",
    ),
)
_KEPT = """OLD.confirmed_by IS NOT NULL AND (NEW.confirmed_by IS NULL OR NEW.confirmed_by <> OLD.confirmed_by
            OR NEW.called_by <> OLD.called_by OR NEW.ritual_id <> OLD.ritual_id OR NEW.switch_id <> OLD.switch_id)"""
_KEPT_SAYS = "rituals: who switched a plant over is kept"

SQLITE = [
    *(
        f"""CREATE TRIGGER rituals_ritual_rule_{number} BEFORE UPDATE ON rituals_ritual
        BEGIN SELECT RAISE(ABORT, '{says}') WHERE {wrong}; END"""
        for number, (wrong, says) in enumerate(_RITUAL)
    ),
    f"""CREATE TRIGGER rituals_activation_kept BEFORE UPDATE ON rituals_activation
    BEGIN SELECT RAISE(ABORT, '{_KEPT_SAYS}') WHERE {_KEPT}; END""",
    f"""CREATE TRIGGER rituals_activation_stays BEFORE DELETE ON rituals_activation
    BEGIN SELECT RAISE(ABORT, '{_KEPT_SAYS}') WHERE OLD.confirmed_by IS NOT NULL; END""",
]

_CHECKS = "\n".join(
    f"IF {wrong} THEN RAISE EXCEPTION '{says}' {_VIOLATION}; END IF;" for wrong, says in _RITUAL
)
POSTGRESQL = [
    f"""CREATE FUNCTION rituals_ritual_rules() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {_CHECKS} RETURN NEW; END $$""",
    """CREATE TRIGGER rituals_ritual_rules BEFORE UPDATE ON rituals_ritual
    FOR EACH ROW EXECUTE FUNCTION rituals_ritual_rules()""",
    f"""CREATE FUNCTION rituals_activation_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF {_KEPT} THEN RAISE EXCEPTION '{_KEPT_SAYS}' {_VIOLATION}; END IF; RETURN NEW; END $$""",
    """CREATE TRIGGER rituals_activation_kept BEFORE UPDATE ON rituals_activation
    FOR EACH ROW EXECUTE FUNCTION rituals_activation_kept()""",
    f"""CREATE FUNCTION rituals_activation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF OLD.confirmed_by IS NOT NULL THEN RAISE EXCEPTION '{_KEPT_SAYS}' {_VIOLATION}; END IF;
    RETURN OLD; END $$""",
    """CREATE TRIGGER rituals_activation_stays BEFORE DELETE ON rituals_activation
    FOR EACH ROW EXECUTE FUNCTION rituals_activation_stays()""",
]
