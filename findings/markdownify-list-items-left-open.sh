#!/bin/sh
# markdownify 1.2.3 with the parser that it takes by default: list items whose end tags are left out run into one line.
#
# Guess: HTML lets `</li>` be left out, and each item of a list becomes a line of its own whether it is written or not.
# Seen: with end tags, "one" and "two" are two lines. Without, there is one line, "one* two": Python's html.parser, which the
#       converter takes, puts the second item inside the first, and the marker of an item inside text has no line break
#       before it. An ordered list becomes "1. one- two- three": the inner items lose their numbers too. No error, no warning.
# dimchat takes nested items apart before it hands a list on.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" markdownify==1.2.3 beautifulsoup4==4.15.0 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" python3 -c '
from markdownify import markdownify
for html in ("<ul><li>one</li><li>two</li></ul>", "<ul><li>one<li>two</ul>", "<ol><li>one<li>two<li>three</ol>"):
    print(repr(markdownify(html).strip()))
')
printf '%s\n' "$out"
[ "$out" = "'* one\\n* two'
'* one* two'
'1. one- two- three'" ] || exit 1
echo "as found"
