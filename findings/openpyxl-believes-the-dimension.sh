#!/bin/sh
# openpyxl 3.1.5: read_only=True reads as many rows and columns of a sheet as its file says it has, not as many as it holds.
#
# Guess: <dimension ref="A1:B2"/> is a hint that programs write for others; a reader that goes through the cells in their order finds
#        the third row all the same, or says that the two do not agree.
# Seen: rows and cells beyond are left out without a word; in a workbook that says "A1", as some exporters write, all but the first
#       cell. Without read_only they are there. `reset_dimensions()`, which must be called on each sheet, reads all of them.
# dimchat calls it; before, a table of such a program lost its last rows, and nothing was told.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" openpyxl==3.1.5 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" python3 -c '
import io, re, zipfile, openpyxl
book, first, second = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
for row in ("ab", "cd", "ef"):
    book.active.append(list(row))
book.save(first)
with zipfile.ZipFile(first) as old, zipfile.ZipFile(second, "w") as new:
    for name in old.namelist():
        new.writestr(name, re.sub(rb"<dimension ref=\"[^\"]*\"", b"<dimension ref=\"A1:B2\"", old.read(name)))
for lazy in (False, True):
    print(list(openpyxl.load_workbook(second, read_only=lazy).active.values))
sheet = openpyxl.load_workbook(second, read_only=True).active
sheet.reset_dimensions()
print(list(sheet.values))
')
printf '%s\n' "$out"
[ "$out" = "[('a', 'b'), ('c', 'd'), ('e', 'f')]
[('a', 'b'), ('c', 'd')]
[('a', 'b'), ('c', 'd'), ('e', 'f')]" ] || exit 1
echo "as found"
