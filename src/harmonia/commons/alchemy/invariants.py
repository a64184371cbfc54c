"""What the database itself holds: nothing goes without its entry in a log. Statements for SQLite and PostgreSQL."""

# table, moment, when it is refused, and the sentence. OLD and NEW are the row before and after.
_UNLOGGED_STATE = """NEW.state <> OLD.state AND NEW.state IS DISTINCT FROM
    (SELECT m.kind FROM alchemy_moderation m WHERE m.artifact_id = OLD.id AND m.kind IN ('hidden', 'shown')
     ORDER BY m.id DESC LIMIT 1)"""
_UNLOGGED_WORDS = """(NEW.text <> OLD.text OR NEW.state <> OLD.state) AND NOT EXISTS
    (SELECT 1 FROM alchemy_withdrawal w WHERE w.what = 'story' AND w.row = OLD.id)"""
# A story written anew is its next edition, and each edition after the first has its entry.
_UNLOGGED_EDITION = """(NEW.text <> OLD.text OR NEW.edition <> OLD.edition) AND (NEW.edition <> OLD.edition + 1
    OR NOT EXISTS (SELECT 1 FROM alchemy_retelling r WHERE r.story_id = OLD.id AND r.edition = NEW.edition))"""
_WORDS = f"""CASE WHEN NEW.state <> OLD.state THEN {_UNLOGGED_WORDS} ELSE {_UNLOGGED_EDITION} END"""
RULES = [
    ("artifact", "DELETE", "TRUE", "alchemy: a thing is never deleted"),
    ("artifact", "UPDATE", _UNLOGGED_STATE, "alchemy: hiding and showing need an entry in the log"),
    ("artifact", "UPDATE", "NEW.identity <> OLD.identity OR NEW.code <> OLD.code OR NEW.by_minor <> OLD.by_minor",
     "alchemy: a thing keeps its identity"),
    ("story", "DELETE", "TRUE", "alchemy: a story is taken back, never deleted"),
    ("story", "UPDATE", _UNLOGGED_WORDS, "alchemy: taking back needs an entry in the log"),
    *(
        (table, "DELETE",
         f"NOT EXISTS (SELECT 1 FROM alchemy_withdrawal w WHERE w.what = '{table}' AND w.row = OLD.id)",
         "alchemy: taking back needs an entry in the log")
        for table in ("picture", "recording")
    ),
]  # fmt: skip


def _sqlite(number: int, table: str, verb: str, refused: str, sentence: str) -> str:
    # IS DISTINCT FROM came to SQLite with 3.39; IS NOT means the same there and is older.
    condition = refused.replace("IS DISTINCT FROM", "IS NOT")
    return f"""CREATE TRIGGER alchemy_{table}_rule_{number} BEFORE {verb} ON alchemy_{table}
    WHEN {condition} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"""


def _postgresql(number: int, table: str, verb: str, refused: str, sentence: str) -> list[str]:
    name = f"alchemy_{table}_rule_{number}"
    answer = "OLD" if verb == "DELETE" else "NEW"
    return [
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF ({refused}) THEN
                RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN {answer};
        END $$""",
        f"""CREATE TRIGGER {name} BEFORE {verb} ON alchemy_{table} FOR EACH ROW EXECUTE FUNCTION {name}()""",
    ]


# Changing a table of SQLite makes it anew and drops its triggers: those of the log are set again.
SQLITE = [
    *(
        f"""CREATE TRIGGER alchemy_moderation_no_{verb.lower()} BEFORE {verb} ON alchemy_moderation
        BEGIN SELECT RAISE(ABORT, 'alchemy_moderation is append-only'); END"""
        for verb in ("UPDATE", "DELETE")
    ),
    *(_sqlite(number, *rule) for number, rule in enumerate(RULES)),
]


def sqlite_again(table: str) -> list[str]:
    """Return what sets a table's rules again on SQLite, after a migration made it anew."""
    return [
        statement
        for number, rule in enumerate(RULES)
        if rule[0] == table
        for statement in (f"DROP TRIGGER IF EXISTS alchemy_{table}_rule_{number}", _sqlite(number, *rule))
    ]


POSTGRESQL = [
    *(statement for number, rule in enumerate(RULES) for statement in _postgresql(number, *rule)),
    *(
        f"""CREATE TRIGGER alchemy_{table}_no_truncate BEFORE TRUNCATE ON alchemy_{table}
        FOR EACH STATEMENT EXECUTE FUNCTION alchemy_moderation_refuse()"""
        for table in ("artifact", "story", "picture", "recording")
    ),
]

_STORY = ("story", "UPDATE", _WORDS, "alchemy: taking back needs an entry in the log, and so do other words")
_FORMER = f"alchemy_story_rule_{next(n for n, rule in enumerate(RULES) if rule[:2] == _STORY[:2])}"
EDITIONS_SQLITE = [*sqlite_again("story"), f"DROP TRIGGER {_FORMER}", _sqlite(len(RULES), *_STORY)]
EDITIONS_POSTGRESQL = [f"DROP TRIGGER {_FORMER} ON alchemy_story", *_postgresql(len(RULES), *_STORY)]
"""What migration 0008 sets: a story can have editions."""

# The full-text index of the folded words (`folding`): both databases are handed words and never cut text themselves.
SQLITE_INDEX = [
    """CREATE VIRTUAL TABLE alchemy_words USING fts5(
        words, content='alchemy_entry', content_rowid='id', tokenize='ascii', prefix='2 3 4')""",
    """CREATE TRIGGER alchemy_entry_in AFTER INSERT ON alchemy_entry BEGIN
        INSERT INTO alchemy_words(rowid, words) VALUES (NEW.id, NEW.words);
    END""",
    """CREATE TRIGGER alchemy_entry_out AFTER DELETE ON alchemy_entry BEGIN
        INSERT INTO alchemy_words(alchemy_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
    END""",
    """CREATE TRIGGER alchemy_entry_changed AFTER UPDATE ON alchemy_entry BEGIN
        INSERT INTO alchemy_words(alchemy_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
        INSERT INTO alchemy_words(rowid, words) VALUES (NEW.id, NEW.words);
    END""",
]
POSTGRESQL_INDEX = [
    """ALTER TABLE alchemy_entry ADD COLUMN lexemes tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
    "CREATE INDEX alchemy_entry_lexemes ON alchemy_entry USING gin (lexemes)",
]
