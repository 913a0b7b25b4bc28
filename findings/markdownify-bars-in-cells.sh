#!/bin/sh
# markdownify 1.2.3: a bar in the cell of an HTML table becomes the end of the cell in the Markdown table.
#
# Guess: a converter that writes pipe tables, and puts a backslash before each star in a cell, does so before a bar as well.
# Seen: "3 * 4" comes out as "3 \* 4", but "1|2" as it stands, so that the row of two cells has three and every reader of pipe
#       tables drops or moves one. Only `escape_misc=True`, off by default and not named for tables, writes "1\|2".
# dimchat puts the backslash into cells before it hands a table on, and leaves the other signs alone.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" markdownify==1.2.3 beautifulsoup4==4.15.0 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" python3 -c '
from markdownify import markdownify
table = "<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>3 * 4</td></tr></table>"
print(markdownify(table).strip().splitlines()[-1])
print(markdownify(table, escape_misc=True).strip().splitlines()[-1])
')
printf '%s\n' "$out"
[ "$out" = '| 1|2 | 3 \* 4 |
| 1\|2 | 3 \* 4 |' ] || exit 1
echo "as found"
