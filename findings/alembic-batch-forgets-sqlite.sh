#!/bin/sh
# Alembic 1.20.1 with SQLAlchemy 2.1.9 on SQLite: a batch that renames one column takes triggers, AUTOINCREMENT and NOCASE off the table.
#
# Guess: `batch_alter_table` makes the table anew with what was asked for changed, and all else as it was; what it cannot carry over
#        it warns of, as it does for an unnamed CHECK and for an index on an expression.
# Seen: after `alter_column("note", new_column_name="remark")` the trigger that kept a log is gone, so that nothing is logged any more;
#       AUTOINCREMENT is gone, so that the id of a deleted row is given again, to another; COLLATE NOCASE is gone, so that a UNIQUE
#       column that refused "ANA" beside "ana" takes it. There is no warning and no error; rows and types are right.
# The chapter on batches tells of constraints alone, not of these. dimchat's journal has none of the three on SQLite, and no batch.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check alembic==1.20.1 sqlalchemy==2.1.9 2>/dev/null
out=$("$folder/venv/bin/python" - <<'P'
import warnings
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine
def made():
    engine = create_engine("sqlite://")
    connection = engine.connect()
    for line in (
        "create table visit (id integer primary key autoincrement, who text collate nocase not null unique, note text)",
        "create table log (who text)",
        "create trigger logged after insert on visit begin insert into log values (new.who); end",
        "insert into visit (who) values ('ana'), ('ben')",
        "delete from visit where who = 'ben'",
    ):
        connection.exec_driver_sql(line)
    return connection
def told(name, connection):
    connection.exec_driver_sql("insert into visit (who) values ('eva')")
    eva = connection.exec_driver_sql("select id from visit where who = 'eva'").scalar()
    logged = connection.exec_driver_sql("select count(*) from log where who = 'eva'").scalar()
    try:
        connection.exec_driver_sql("insert into visit (who) values ('ANA')")
        other = "taken"
    except Exception as error:
        other = type(error).__name__
    print(f"{name}: eva has the id {eva} and {logged} line in the log; ANA beside ana: {other}")
told("before", made())
connection = made()
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    with Operations(MigrationContext.configure(connection)).batch_alter_table("visit") as batch:
        batch.alter_column("note", new_column_name="remark")
print("warnings:", len(warned))
told("after ", connection)
P
)
printf '%s\n' "$out"
[ "$out" = "before: eva has the id 3 and 1 line in the log; ANA beside ana: IntegrityError
warnings: 0
after : eva has the id 2 and 0 line in the log; ANA beside ana: taken" ] || exit 1
echo "as found"
