#!/bin/sh
# pysbd 0.3.4: abbreviations of units and of days end a sentence, those of titles do not.
#
# Guess: a rule-based splitter that is made for abbreviations, with English named, keeps "70 lb. per parcel", "approx. 3.5 kg"
#        and "Mon. to Fri." together, as it keeps "Dr. Osei" and "5 p.m. on weekdays".
# Seen: the first three are cut in two, though what follows begins with a small letter or a digit.
# dimchat makes short answers out of a table's first sentences; its own splitter does not cut where it is not sure.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" pysbd==0.3.4 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" python3 -W ignore -c '
import pysbd
split = pysbd.Segmenter(language="en", clean=False).segment
for text in ("Ask Dr. Osei at the desk.", "We close at 5 p.m. on weekdays.", "The limit is 70 lb. per parcel.",
             "It weighs approx. 3.5 kg in all.", "Open Mon. to Fri. from nine."):
    print(len(split(text)), [part.strip() for part in split(text)])
')
printf '%s\n' "$out"
[ "$(printf '%s\n' "$out" | cut -c1 | tr -d '\n')" = "11223" ] || exit 1
echo "as found"
