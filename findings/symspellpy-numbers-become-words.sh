#!/bin/sh
# symspellpy 6.9.0: correcting a whole question turns its numbers into words, "call 911 now" into "call i it now", further than was allowed.
#
# Guess: what has no letter is no slip of a word and stays as it is; and with two edits allowed, nothing comes out that is four edits away, as
#        `lookup` says of the same number that nothing is near.
# Seen: `lookup("911", TOP, 2, include_unknown=True)` gives the number back. `lookup_compound("call 911 now", 2)` cuts it in two and finds a
#       short word for each half, "i" for the 9 and "it" for the 11: "call i it now", with distance 4, twice what was allowed. A year
#       becomes "it it", "64 slices" "it slices", "ct 9" "ct i". The frequent short words of any real dictionary are enough. With
#       `ignore_non_words=True`, which is not the default, numbers stay; `word_segmentation` keeps the three digits and not the two.
# dimchat puts no word right that has a digit.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check symspellpy==6.9.0 2>/dev/null
out=$("$folder/venv/bin/python" - <<'P'
from symspellpy import SymSpell, Verbosity
speller = SymSpell(max_dictionary_edit_distance=2)
words = {"call": 100, "now": 100, "renew": 50, "in": 500, "ct": 80, "it": 900, "i": 900, "a": 900, "is": 500, "at": 400, "slices": 10}
for word, count in words.items():
    speller.create_dictionary_entry(word, count)
print("alone:", [one.term for one in speller.lookup("911", Verbosity.TOP, 2, include_unknown=True)])
for text in ("call 911 now", "renew in 2027", "64 slices", "ct 9"):
    found = speller.lookup_compound(text, 2)[0]
    kept = speller.lookup_compound(text, 2, ignore_non_words=True)[0]
    print(f"{text}: {found.term}, {found.distance} edits; {kept.term}; {speller.word_segmentation(text).corrected_string}")
P
)
printf '%s\n' "$out"
seen() { printf '%s\n' "$out" | grep -qxF -e "$1" || exit 1; }
seen "alone: ['911']"
seen "call 911 now: call i it now, 4 edits; call 911 now; call 911 now"
seen "renew in 2027: renew in it it, 5 edits; renew in 2027; renew in 2027"
seen "64 slices: it slices, 2 edits; 64 slices; it slices"
seen "ct 9: ct i, 1 edits; ct 9; ct i"
echo "as found"
