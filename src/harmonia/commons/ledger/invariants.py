"""What the database itself holds: sums, seals, floors. Statements for SQLite and for PostgreSQL."""

from harmonia.commons.ledger.models.batch import LIFE

SQLITE = [
    """CREATE TRIGGER ledger_seal_sums BEFORE INSERT ON ledger_seal
    BEGIN
        SELECT RAISE(ABORT, 'ledger: a movement must have two lines or more that sum to zero')
        WHERE (SELECT COUNT(*) < 2 OR SUM(l.grams) <> 0 FROM ledger_movement m
               JOIN ledger_line l ON l.movement_id = m.id WHERE m.seal_id = NEW.id);
    END""",
    """CREATE TRIGGER ledger_line_before_seal BEFORE INSERT ON ledger_line
    BEGIN
        SELECT RAISE(ABORT, 'ledger: a sealed movement takes no more lines')
        WHERE EXISTS (SELECT 1 FROM ledger_movement m JOIN ledger_seal s ON s.id = m.seal_id
                      WHERE m.id = NEW.movement_id);
    END""",
    """CREATE TRIGGER ledger_line_keeps_balance AFTER INSERT ON ledger_line
    BEGIN
        INSERT INTO ledger_balance (holder_id, substance_id, grams)
        VALUES (NEW.holder_id, NEW.substance_id, NEW.grams)
        ON CONFLICT (holder_id, substance_id) DO UPDATE SET grams = grams + excluded.grams;
        SELECT RAISE(ABORT, 'ledger: a holder would go below zero')
        WHERE NEW.grams < 0
          AND (SELECT grams FROM ledger_balance
               WHERE holder_id = NEW.holder_id AND substance_id = NEW.substance_id) < 0
          AND NOT (SELECT boundary FROM ledger_holder WHERE id = NEW.holder_id);
    END""",
    """CREATE TRIGGER ledger_holder_keeps_its_kind BEFORE UPDATE OF boundary, kind, code ON ledger_holder
    WHEN OLD.boundary <> NEW.boundary OR OLD.kind <> NEW.kind OR OLD.code <> NEW.code
    BEGIN SELECT RAISE(ABORT, 'ledger: a holder keeps its kind and code'); END""",
]

_SUM = """SELECT COUNT(*) < 2 OR SUM(l.grams) <> 0 FROM ledger_movement m
          JOIN ledger_line l ON l.movement_id = m.id WHERE"""
_VIOLATION = "USING ERRCODE = 'integrity_constraint_violation'"

POSTGRESQL = [
    f"""CREATE FUNCTION ledger_seal_sums() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF ({_SUM} m.seal_id = NEW.id) THEN
            RAISE EXCEPTION 'ledger: a movement must have two lines or more that sum to zero' {_VIOLATION};
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER ledger_seal_sums BEFORE INSERT ON ledger_seal
    FOR EACH ROW EXECUTE FUNCTION ledger_seal_sums()""",
    f"""CREATE FUNCTION ledger_movement_sums() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF ({_SUM} m.id = NEW.id) THEN
            RAISE EXCEPTION 'ledger: a movement must have two lines or more that sum to zero' {_VIOLATION};
        END IF;
        RETURN NULL;
    END $$""",
    """CREATE CONSTRAINT TRIGGER ledger_movement_sums AFTER INSERT ON ledger_movement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_movement_sums()""",
    f"""CREATE FUNCTION ledger_line_before_seal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM ledger_movement m JOIN ledger_seal s ON s.id = m.seal_id
                   WHERE m.id = NEW.movement_id) THEN
            RAISE EXCEPTION 'ledger: a sealed movement takes no more lines' {_VIOLATION};
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER ledger_line_before_seal BEFORE INSERT ON ledger_line
    FOR EACH ROW EXECUTE FUNCTION ledger_line_before_seal()""",
    f"""CREATE FUNCTION ledger_line_keeps_balance() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE held bigint;
    BEGIN
        INSERT INTO ledger_balance AS b (holder_id, substance_id, grams)
        VALUES (NEW.holder_id, NEW.substance_id, NEW.grams)
        ON CONFLICT (holder_id, substance_id) DO UPDATE SET grams = b.grams + excluded.grams
        RETURNING grams INTO held;
        IF NEW.grams < 0 AND held < 0
           AND NOT (SELECT boundary FROM ledger_holder WHERE id = NEW.holder_id) THEN
            RAISE EXCEPTION 'ledger: a holder would go below zero' {_VIOLATION};
        END IF;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER ledger_line_keeps_balance AFTER INSERT ON ledger_line
    FOR EACH ROW EXECUTE FUNCTION ledger_line_keeps_balance()""",
    f"""CREATE FUNCTION ledger_holder_keeps_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.boundary <> NEW.boundary OR OLD.kind <> NEW.kind OR OLD.code <> NEW.code THEN
            RAISE EXCEPTION 'ledger: a holder keeps its kind and code' {_VIOLATION};
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER ledger_holder_keeps_its_kind BEFORE UPDATE ON ledger_holder
    FOR EACH ROW EXECUTE FUNCTION ledger_holder_keeps_its_kind()""",
]

# A batch's way to a garden. Reversals may put matter back where it was.
_INTO_GARDEN = """SELECT 1 FROM ledger_movement m JOIN ledger_line l ON l.movement_id = m.id
    JOIN ledger_holder h ON h.id = l.holder_id
    WHERE m.seal_id = NEW.id AND m.reverses_id IS NULL AND l.grams > 0 AND h.kind = 'garden'"""
_FROM_UNSAFE = """SELECT 1 FROM ledger_movement m JOIN ledger_line l ON l.movement_id = m.id
    JOIN ledger_holder h ON h.id = l.holder_id LEFT JOIN ledger_batch b ON b.holder_id = h.id
    WHERE m.seal_id = NEW.id AND l.grams < 0 AND h.kind NOT IN ('garden', 'outside')
      AND COALESCE(b.state, '') <> 'released'"""
_INTO_CLOSED = """SELECT 1 FROM ledger_movement m JOIN ledger_line l ON l.movement_id = m.id
    JOIN ledger_batch b ON b.holder_id = l.holder_id
    WHERE m.seal_id = NEW.id AND m.reverses_id IS NULL AND l.grams > 0 AND b.state <> 'open'"""
_STEPS = " OR ".join(
    f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, news in LIFE.steps.items() for new in news
)
_UNSAFE = "ledger: only a released batch goes to a garden bed"
_CLOSED = "ledger: a closed batch takes nothing more"
_STEP = "ledger: a batch does not take this step"
_FROZEN = """OLD.rules <> NEW.rules OR OLD.needs_test <> NEW.needs_test OR OLD.storage_days <> NEW.storage_days
    OR OLD.harvest_days <> NEW.harvest_days"""

BATCH_SQLITE = [
    f"""CREATE TRIGGER ledger_seal_batches BEFORE INSERT ON ledger_seal
    BEGIN
        SELECT RAISE(ABORT, '{_UNSAFE}') WHERE EXISTS ({_INTO_GARDEN}) AND EXISTS ({_FROM_UNSAFE});
        SELECT RAISE(ABORT, '{_CLOSED}') WHERE EXISTS ({_INTO_CLOSED});
    END""",
    f"""CREATE TRIGGER ledger_batch_steps BEFORE UPDATE ON ledger_batch
    WHEN (OLD.state <> NEW.state AND NOT ({_STEPS})) OR (OLD.state <> 'open' AND ({_FROZEN}))
    BEGIN SELECT RAISE(ABORT, '{_STEP}'); END""",
    f"""CREATE TRIGGER ledger_batch_begins_open BEFORE INSERT ON ledger_batch WHEN NEW.state <> 'open'
    BEGIN SELECT RAISE(ABORT, '{_STEP}'); END""",
    f"""CREATE TRIGGER ledger_batch_stays BEFORE DELETE ON ledger_batch
    BEGIN SELECT RAISE(ABORT, '{_STEP}'); END""",
]

BATCH_POSTGRESQL = [
    f"""CREATE FUNCTION ledger_seal_batches() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS ({_INTO_GARDEN}) AND EXISTS ({_FROM_UNSAFE}) THEN
            RAISE EXCEPTION '{_UNSAFE}' {_VIOLATION};
        END IF;
        IF EXISTS ({_INTO_CLOSED}) THEN
            RAISE EXCEPTION '{_CLOSED}' {_VIOLATION};
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER ledger_seal_batches BEFORE INSERT ON ledger_seal
    FOR EACH ROW EXECUTE FUNCTION ledger_seal_batches()""",
    f"""CREATE FUNCTION ledger_batch_steps() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR (TG_OP = 'INSERT' AND NEW.state <> 'open') THEN
            RAISE EXCEPTION '{_STEP}' {_VIOLATION};
        END IF;
        IF TG_OP = 'UPDATE' AND ((OLD.state <> NEW.state AND NOT ({_STEPS}))
                                 OR (OLD.state <> 'open' AND ({_FROZEN}))) THEN
            RAISE EXCEPTION '{_STEP}' {_VIOLATION};
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER ledger_batch_steps BEFORE INSERT OR UPDATE OR DELETE ON ledger_batch
    FOR EACH ROW EXECUTE FUNCTION ledger_batch_steps()""",
]
