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

_VIOLATION = "USING ERRCODE = 'integrity_constraint_violation'"

# PostgreSQL checks all rows of a statement together: one statement books a drop-off, or thousands of movements. A plan is
# kept for the session and must suit both: a question a row, each by index, leaves it nothing to guess wrong.
_TOGETHER = "LANGUAGE plpgsql SET enable_seqscan = off SET jit = off"


def _after_insert(name: str, table: str) -> str:
    return f"""CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION {name}()"""


POSTGRESQL = [
    f"""CREATE FUNCTION ledger_movement_sums() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT COUNT(*) < 2 OR SUM(grams) <> 0 FROM ledger_line WHERE movement_id = NEW.id) THEN
            RAISE EXCEPTION 'ledger: a movement must have two lines or more that sum to zero' {_VIOLATION};
        END IF;
        RETURN NULL;
    END $$""",
    """CREATE CONSTRAINT TRIGGER ledger_movement_sums AFTER INSERT ON ledger_movement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_movement_sums()""",
    # A movement that another session has not committed is not seen, so it takes no line from here either.
    f"""CREATE FUNCTION ledger_line_before_seal() RETURNS trigger {_TOGETHER} AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM (SELECT DISTINCT movement_id FROM added) l
                   WHERE (SELECT (SELECT COUNT(*) FROM ledger_seal s WHERE s.id = m.seal_id)
                          FROM ledger_movement m WHERE m.id = l.movement_id) IS DISTINCT FROM 0) THEN
            RAISE EXCEPTION 'ledger: a sealed movement takes no more lines' {_VIOLATION};
        END IF;
        RETURN NULL;
    END $$""",
    _after_insert("ledger_line_before_seal", "ledger_line"),
    # Balances are locked in one order. From each new balance back: what was held after a line is that less all later ones.
    f"""CREATE FUNCTION ledger_line_keeps_balance() RETURNS trigger LANGUAGE plpgsql SET jit = off AS $$
    DECLARE below boolean;
    BEGIN
        WITH kept AS (
            INSERT INTO ledger_balance AS b (holder_id, substance_id, grams)
            SELECT holder_id, substance_id, SUM(grams) FROM added
            GROUP BY holder_id, substance_id ORDER BY holder_id, substance_id
            ON CONFLICT (holder_id, substance_id) DO UPDATE SET grams = b.grams + excluded.grams
            RETURNING holder_id, substance_id, grams
        ), back AS (
            SELECT holder_id, grams, grams + SUM(step) OVER (
                PARTITION BY holder_id, substance_id ORDER BY id DESC NULLS FIRST) AS held
            FROM (SELECT holder_id, substance_id, NULL AS id, 0 AS grams, grams AS step FROM kept
                  UNION ALL SELECT holder_id, substance_id, id, grams, -grams FROM added) steps
        )
        SELECT EXISTS (SELECT 1 FROM back WHERE grams < 0 AND held < 0 AND NOT (
            SELECT boundary FROM ledger_holder WHERE id = holder_id)) INTO below;
        IF below THEN
            RAISE EXCEPTION 'ledger: a holder would go below zero' {_VIOLATION};
        END IF;
        RETURN NULL;
    END $$""",
    _after_insert("ledger_line_keeps_balance", "ledger_line"),
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

# Balances name every holder and substance that ever had a line, and stay. On PostgreSQL they hold a line's foreign keys to
# both, once for a statement instead of once for each line; its movement is asked for by ledger_line_before_seal.
_STAYS = "ledger: a balance stays where it is"

BALANCE_SQLITE = [
    f"""CREATE TRIGGER ledger_balance_stays BEFORE DELETE ON ledger_balance
    BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END""",
    f"""CREATE TRIGGER ledger_balance_keeps_its_place BEFORE UPDATE OF holder_id, substance_id ON ledger_balance
    BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END""",
]

BALANCE_POSTGRESQL = [
    f"""CREATE FUNCTION ledger_balance_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_STAYS}' {_VIOLATION}; END $$""",
    """CREATE TRIGGER ledger_balance_stays BEFORE DELETE OR UPDATE OF holder_id, substance_id ON ledger_balance
    FOR EACH ROW EXECUTE FUNCTION ledger_balance_stays()""",
    """CREATE TRIGGER ledger_balance_no_truncate BEFORE TRUNCATE ON ledger_balance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_balance_stays()""",
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

# What a seal closes is read once, for its sum and for the batches in it.
SEAL_POSTGRESQL = [
    f"""CREATE FUNCTION ledger_seal_sums() RETURNS trigger {_TOGETHER} AS $$
    DECLARE unequal boolean; unsafe boolean; closed boolean;
    BEGIN
        SELECT bool_or(l.legs < 2 OR l.total <> 0),
               bool_or(m.reverses_id IS NULL AND l.into_garden AND (
                   SELECT COUNT(*) > 0 FROM ledger_line o WHERE o.movement_id = m.id AND o.grams < 0
                   AND (SELECT h.kind FROM ledger_holder h WHERE h.id = o.holder_id) NOT IN ('garden', 'outside')
                   AND COALESCE((SELECT b.state FROM ledger_batch b WHERE b.holder_id = o.holder_id), '')
                       <> 'released')),
               bool_or(m.reverses_id IS NULL AND l.into_closed)
        INTO unequal, unsafe, closed
        FROM added s
        LEFT JOIN LATERAL (SELECT id, reverses_id FROM ledger_movement WHERE seal_id = s.id OFFSET 0) m ON true
        CROSS JOIN LATERAL (
            SELECT COUNT(*) AS legs, SUM(i.grams) AS total,
                   bool_or(i.grams > 0 AND (SELECT h.kind FROM ledger_holder h WHERE h.id = i.holder_id) = 'garden')
                       AS into_garden,
                   bool_or(i.grams > 0 AND (SELECT b.state FROM ledger_batch b WHERE b.holder_id = i.holder_id)
                       <> 'open') AS into_closed
            FROM ledger_line i WHERE i.movement_id = m.id) l;
        IF unequal THEN
            RAISE EXCEPTION 'ledger: a movement must have two lines or more that sum to zero' {_VIOLATION};
        END IF;
        IF unsafe THEN
            RAISE EXCEPTION '{_UNSAFE}' {_VIOLATION};
        END IF;
        IF closed THEN
            RAISE EXCEPTION '{_CLOSED}' {_VIOLATION};
        END IF;
        RETURN NULL;
    END $$""",
    _after_insert("ledger_seal_sums", "ledger_seal"),
]
