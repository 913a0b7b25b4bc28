"""The first tables of a fleet's journal: the journal's own by month, with the stand, and what the database counts.

Nothing here has a time finer than the day but `hourly`, which holds counts and no text.
"""

from __future__ import annotations

from alembic import op

revision = "1"
down_revision = None

NAMED = 'day date NOT NULL, stand text COLLATE "C" NOT NULL'
EDITION = 'pack_version text COLLATE "C", language text COLLATE "C"'
BY_MONTH = {
    "entry": (
        'pack text COLLATE "C" NOT NULL, face text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, '
        'intents text COLLATE "C" NOT NULL, confidence real NOT NULL, margin real, typed boolean NOT NULL, '
        'text text COLLATE "C", reason text COLLATE "C"'
    ),
    "feedback": (
        'entry uuid NOT NULL, signal text COLLATE "C" NOT NULL, intent text COLLATE "C", text text COLLATE "C", '
        'about text COLLATE "C"'
    ),
    "visit": 'pack text COLLATE "C" NOT NULL, asked integer NOT NULL, declined integer NOT NULL',
    "hourly": (
        'hour smallint NOT NULL, face text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, '
        "typed boolean NOT NULL, count integer NOT NULL"
    ),
}
OTHERS = (
    f'CREATE TABLE tally (key uuid PRIMARY KEY, {NAMED}, what text COLLATE "C" NOT NULL, count integer NOT NULL)',
    """CREATE TABLE decision
      (key uuid PRIMARY KEY, day date NOT NULL, form text NOT NULL, verdict text NOT NULL, target text)""",
    'CREATE TABLE stands (stand text COLLATE "C" PRIMARY KEY, building text COLLATE "C")',
    # A rollup that the trigger below keeps: what was answered and why declined, by month and stand.
    """CREATE TABLE asked (
      month date NOT NULL, stand text COLLATE "C" NOT NULL, pack_version text COLLATE "C" NOT NULL,
      language text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL, intents text COLLATE "C" NOT NULL,
      reason text COLLATE "C" NOT NULL, typed boolean NOT NULL, count bigint NOT NULL,
      PRIMARY KEY (month, stand, pack_version, language, kind, intents, reason, typed)) WITH (fillfactor = 70)""",
)
INDEXES = (
    "CREATE INDEX entry_of_stand ON entry (stand, day)",
    """CREATE INDEX entry_unanswered ON entry (text, kind, intents, reason)
      INCLUDE (day, pack_version, language, stand) WHERE kind IN ('decline', 'clarify') AND typed""",
    "CREATE INDEX entry_margin ON entry (margin, day) WHERE kind = 'answer' AND typed AND margin IS NOT NULL",
    "CREATE INDEX feedback_picked ON feedback (text, intent) WHERE signal = 'picked' AND text IS NOT NULL",
)
COUNTS = """
CREATE FUNCTION count_asked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = dimchat, pg_temp AS $$
BEGIN
  INSERT INTO asked AS kept (month, stand, pack_version, language, kind, intents, reason, typed, count)
  SELECT date_trunc('month', day)::date, stand, coalesce(pack_version, ''), coalesce(language, ''), kind,
         CASE WHEN kind = 'clarify' THEN '' ELSE intents END, coalesce(reason, ''), typed,
         CASE WHEN TG_OP = 'DELETE' THEN -count(*) ELSE count(*) END
  FROM changed GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ORDER BY 1, 2, 3, 4, 5, 6, 7, 8 -- in one order for all, so that none waits for another in a circle
  ON CONFLICT (month, stand, pack_version, language, kind, intents, reason, typed)
  DO UPDATE SET count = kept.count + excluded.count;
  RETURN NULL;
END $$
"""
MONTHS = """
CREATE FUNCTION make_month(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = dimchat, pg_temp
AS $$
DECLARE
  first date := date_trunc('month', day);
  parent text;
  part text;
BEGIN
  -- A clock that is years wrong makes no tables: its rows go where those go that have no month.
  IF first NOT BETWEEN current_date - 1100 AND current_date + 32 THEN RETURN; END IF;
  FOREACH parent IN ARRAY ARRAY['entry', 'feedback', 'visit', 'hourly'] LOOP
    part := parent || to_char(first, '_YYYY_MM');
    CONTINUE WHEN to_regclass(part) IS NOT NULL;
    PERFORM pg_advisory_xact_lock(hashtext('dimchat.make_month'));
    BEGIN
      EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                     part, parent, first, first + interval '1 month');
    EXCEPTION WHEN check_violation THEN NULL; -- rows of that month came before it: they stay where they are
    END;
  END LOOP;
END $$
"""


def upgrade() -> None:
    """Make everything; who may do what with it is said by `dimchat.journal.fleet.roles`."""
    for name, columns in BY_MONTH.items():
        op.execute(
            f"CREATE TABLE {name} (key uuid NOT NULL, {NAMED}, {columns}, {EDITION}, PRIMARY KEY (day, key)) "
            "PARTITION BY RANGE (day)"
        )
        op.execute(f"CREATE TABLE {name}_other PARTITION OF {name} DEFAULT")
    for statement in (*OTHERS, *INDEXES, COUNTS, MONTHS):
        op.execute(statement)
    for act, rows in (("INSERT", "NEW"), ("DELETE", "OLD")):
        op.execute(
            f"CREATE TRIGGER entry_{act.lower()} AFTER {act} ON entry REFERENCING {rows} TABLE AS changed "
            "FOR EACH STATEMENT EXECUTE FUNCTION count_asked()"
        )
    op.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA dimchat FROM PUBLIC")
