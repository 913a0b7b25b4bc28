"""Who is alive: the last sign of each stand, which it may leave and not read. Numbers and ids, no word of a visitor."""

from __future__ import annotations

from alembic import op

revision = "2"
down_revision = "1"

TABLE = """
CREATE TABLE heartbeats (
  stand text COLLATE "C" PRIMARY KEY CHECK (stand ~ '^[a-z][a-z0-9-]{0,39}$'),
  building text COLLATE "C" CHECK (length(building) <= 60),
  at timestamptz NOT NULL,
  silent integer NOT NULL,
  up bigint NOT NULL,
  dimchat text COLLATE "C" NOT NULL CHECK (dimchat ~ '^[0-9a-z.+-]{0,40}$'),
  answers integer NOT NULL,
  digest text COLLATE "C" NOT NULL CHECK (digest ~ '^[0-9a-f]{0,64}$'),
  visits integer NOT NULL, questions integer NOT NULL, declined integer NOT NULL, crashes integer NOT NULL,
  waiting bigint NOT NULL, dropped bigint NOT NULL,
  error text COLLATE "C" NOT NULL CHECK (error ~ '^[a-z-]{0,20}$'))
"""
# One row for each stand, always the last: a history of counts would tell when somebody asked.
BEAT = """
CREATE FUNCTION beat(stand text, building text, told jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = dimchat, pg_temp AS $$
  INSERT INTO heartbeats AS kept
  SELECT $1, $2, now(), (told->>'silent')::integer, (told->>'up')::bigint, told->>'dimchat',
         (told->>'answers')::integer, told->>'digest', (told->>'visits')::integer, (told->>'questions')::integer,
         (told->>'declined')::integer, (told->>'crashes')::integer, (told->>'waiting')::bigint,
         (told->>'dropped')::bigint, told->>'error'
  ON CONFLICT ON CONSTRAINT heartbeats_pkey DO UPDATE SET
    building = coalesce(excluded.building, kept.building), at = excluded.at, silent = excluded.silent,
    up = excluded.up, dimchat = excluded.dimchat, answers = excluded.answers, digest = excluded.digest,
    visits = excluded.visits, questions = excluded.questions, declined = excluded.declined,
    crashes = excluded.crashes, waiting = excluded.waiting, dropped = excluded.dropped, error = excluded.error
$$
"""


def upgrade() -> None:
    """Make the table, and what a stand calls to leave its sign."""
    op.execute(TABLE)
    op.execute(BEAT)
    op.execute("REVOKE EXECUTE ON FUNCTION beat(text, text, jsonb) FROM PUBLIC")
