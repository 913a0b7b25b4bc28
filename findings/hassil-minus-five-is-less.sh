#!/bin/sh
# hassil 3.13.0 with unicode-rbnf 2.4.1: in a range with fractions, "minus five" in words is -5.5 or -5.9; in figures it is -5.
#
# Guess: a slot `range: {from: -10, to: 30, fractions: tenths}`, as for a temperature, takes the same number from "-5" and from
#        "minus five", as it takes 5 from "5" and from "five".
# Seen: "minus five" becomes -5.9 with tenths and -5.5 with halves, and so does every negative number but the first of the range.
#       For the words of -5.1, -5.2 and so on hassil asks unicode-rbnf, which leaves the fraction out where a number is negative:
#       format_number(-5.5) is "minus five", 5.5 is "five point five", -0.5 is "minus" alone. So ten numbers have one text, and
#       `recognize` gives the last. "minus five point five", which was meant, is not recognised. No error; without fractions all is well.
# dimchat reads no numbers out of words; a pack's tables hold figures.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check hassil==3.13.0 unicode-rbnf==2.4.1 2>/dev/null
out=$("$folder/venv/bin/python" - <<'P'
import io
from hassil import Intents, recognize, recognize_all
from unicode_rbnf import RbnfEngine
words = RbnfEngine.for_language("en").format_number
for number in (5.5, -5.5, -5, -0.5):
    print(f"unicode-rbnf {number}: {words(number).text}")
for fractions in ("none", "halves", "tenths"):
    more = "" if fractions == "none" else f", fractions: {fractions}"
    intents = Intents.from_yaml(io.StringIO(f"""
language: en
intents:
  Heat:
    data: [{{sentences: ["set the heating to {{degrees}}"]}}]
lists:
  degrees: {{range: {{from: -10, to: 30{more}}}}}
"""))
    for said in ("five", "-5", "minus five", "minus ten", "minus five point five"):
        asked = f"set the heating to {said}"
        found, ways = recognize(asked, intents), len(list(recognize_all(asked, intents)))
        print(f"fractions {fractions}, {said}: {found.entities['degrees'].value if found else None} of {ways}")
P
)
printf '%s\n' "$out"
seen() { printf '%s\n' "$out" | grep -qxF -e "$1" || exit 1; }
seen "unicode-rbnf 5.5: five point five"
seen "unicode-rbnf -5.5: minus five"
seen "unicode-rbnf -0.5: minus"
seen "fractions none, minus five: -5 of 1"
seen "fractions halves, five: 5 of 1"
seen "fractions halves, minus five: -5.5 of 2"
seen "fractions tenths, -5: -5.0 of 1"
seen "fractions tenths, minus five: -5.9 of 10"
seen "fractions tenths, minus five point five: None of 0"
echo "as found"
