#!/bin/sh
# tomlkit 0.15.2: after `sort()` on an array, `remove("a")` takes "a" from the list in memory and "c" from the file.
#
# Guess: `Array` is a list, with all that a list has; what is done to it is what `dumps` writes, and the comments stay.
# Seen: `sort()` sorts what Python sees and not what is written. That alone is a file left as it was, and was reported for arrays
#       years ago. But the two orders stay apart, and each later change goes by its place in the one to the same place in the other: with
#       ["c", "a", "b"] sorted, `remove("a")` leaves b, c in memory and "a", "b" in the file, and `array[0] = "A"` overwrites "c". What was
#       not named is gone, what was named is still there. `unwrap`, list() and == show the order in memory, so a test that does not
#       read the written text again sees nothing. Unsorted, or with `sorted(array)` put in the array's place, all is well. An array of
#       tables takes `sort(key=...)` without a word and stays as it was, in memory and in the file.
# dimchat writes single settings by tomlkit, and sorts no array there.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" tomlkit==0.15.2 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" python3 - <<'P'
import tomlkit
def tried(name, change):
    document = tomlkit.parse('names = ["c", "a", "b"] # ours\n')
    change(document)
    written = tomlkit.dumps(document)
    print(f"{name}: memory {document.unwrap()['names']}, file {written.strip()}, read again {tomlkit.parse(written).unwrap()['names']}")
def with_sort(change):
    def both(document):
        document["names"].sort()
        change(document["names"])
    return both
tried("remove", lambda document: document["names"].remove("a"))
tried("sort", lambda document: document["names"].sort())
tried("sort, remove", with_sort(lambda names: names.remove("a")))
tried("sort, pop", with_sort(lambda names: names.pop()))
tried("sort, set", with_sort(lambda names: names.__setitem__(0, "A")))
tried("sorted", lambda document: document.update(names=sorted(document["names"])))
tables = tomlkit.parse("[[page]]\nn = 2\n\n[[page]]\nn = 1\n")
tables["page"].sort(key=lambda page: page["n"])
print("tables: memory", [page["n"] for page in tables["page"]], "file", tomlkit.dumps(tables).split())
P
)
printf '%s\n' "$out"
seen() { printf '%s\n' "$out" | grep -qF -e "$1" || exit 1; }
seen "remove: memory ['c', 'b'], file names = [\"c\", \"b\"] # ours, read again ['c', 'b']"
seen "sort: memory ['a', 'b', 'c'], file names = [\"c\", \"a\", \"b\"] # ours, read again ['c', 'a', 'b']"
seen "sort, remove: memory ['b', 'c'], file names = [\"a\", \"b\"] # ours, read again ['a', 'b']"
seen "sort, pop: memory ['a', 'b'], file names = [\"c\", \"a\"] # ours, read again ['c', 'a']"
seen "sort, set: memory ['A', 'b', 'c'], file names = [\"A\", \"a\", \"b\"] # ours, read again ['A', 'a', 'b']"
seen "sorted: memory ['a', 'b', 'c'], "
seen "tables: memory [2, 1] file ['[[page]]', 'n', '=', '2', '[[page]]', 'n', '=', '1']"
echo "as found"
