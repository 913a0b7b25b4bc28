#!/bin/sh
# SQLite through apsw 3.54.1.0: a database in WAL mode that was closed in good order cannot be read in a folder that may not be written.
#
# Guess: `mode=ro` reads a file that may only be read, wherever it lies: nothing has to be written.
# Seen: in WAL mode a reader needs the shared-memory file beside the database. In a folder that it may not write, opening works
#       and the first SELECT fails, with a message about writing. In a folder that it may write, the reader leaves two files
#       there. Only `immutable=1` reads it, and that passes over rows that stand in the log alone, without a word.
# dimchat opens with `mode=ro`, and with `immutable=1` only where no log with anything in it lies beside the file.
set -eu
folder=$(mktemp -d); trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check apsw==3.54.1.0 2>/dev/null
cat > "$folder/look.py" <<'P'
import os, sys, apsw
folder = sys.argv[1]
def make(name):
    os.mkdir(f"{folder}/{name}")
    file = f"{folder}/{name}/a.db"
    one = apsw.Connection(file)
    one.pragma("journal_mode", "wal")
    one.execute("create table t(x); insert into t values (1)")
    return file, one
def read(file, how):
    try:
        one = apsw.Connection(f"file:{file}?{how}", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
        return one.execute("select count(*) from t").fetchall()[0][0]
    except apsw.Error as error:
        return f"{type(error).__name__}: {error}"
shut, one = make("shut"); one.close(); os.chmod(shut, 0o444); os.chmod(os.path.dirname(shut), 0o555)
print("closed, folder read-only, mode=ro:    ", read(shut, "mode=ro"))
print("closed, folder read-only, immutable=1:", read(shut, "immutable=1"))
wide, one = make("wide"); one.close()
keep = apsw.Connection(f"file:{wide}?mode=ro", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
keep.execute("select * from t").fetchall()
print("closed, folder writable, after a read: ", sorted(os.listdir(os.path.dirname(wide))))
busy, one = make("busy")
one.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
one.execute("insert into t values (2)")
print("two rows, one in the log, immutable=1: ", read(busy, "immutable=1"))
P
drop=""; if [ "$(id -u)" = 0 ]; then chmod 755 "$folder"; drop="setpriv --bounding-set=-all --inh-caps=-all"; fi
out=$($drop "$folder/venv/bin/python" "$folder/look.py" "$folder")
printf '%s\n' "$out"
printf '%s' "$out" | grep -q "mode=ro: .*ReadOnlyError: attempt to write a readonly database" || exit 1
printf '%s' "$out" | grep -q "read-only, immutable=1: 1" || exit 1
printf '%s' "$out" | grep -q "'a.db-shm', 'a.db-wal'" || exit 1
printf '%s' "$out" | grep -q "in the log, immutable=1:  1" || exit 1
echo "as found"
