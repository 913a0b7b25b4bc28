#!/bin/sh
# anyascii 0.3.3: "ASCII" is not "letters": a letter becomes a quote sign, an emoji a word between colons, and C++ stays C++.
#
# Guess: a transliterator made for names in any script gives letters, digits, blanks and hyphens, so that its result, in lower
#        case, is fit for a file name or an id, and different titles stay different once signs are dropped.
# Seen: the Arabic letter ain becomes a grave accent, a party popper ":tada:", and what is ASCII already stays as it is: C++, C#
#       and C are one name as soon as signs are dropped.
# dimchat makes file stems and ids of titles with it: it gives names to signs first, and numbers to what is still alike.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" anyascii==0.3.3 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" python3 -c '
import re
from anyascii import anyascii
for title in ("\u0639\u0631\u0628", "\U0001f389", "C++", "C#", "C"):
    print(ascii(title), anyascii(title), re.sub("[^a-z0-9]+", "", anyascii(title).lower()))
')
printf '%s\n' "$out"
printf '%s' "$out" | grep -qF '`rb' || exit 1
printf '%s' "$out" | grep -qF ':tada: tada' || exit 1
[ "$(printf '%s\n' "$out" | tail -3 | awk '{print $NF}' | sort -u)" = "c" ] || exit 1
echo "as found"
