#!/bin/sh
# textstat 0.7.13: short sentences count as none, but their words count, so that shorter sentences read as harder.
#
# Guess: `sentence_count` counts sentences, so that the same words in more sentences never have more words a sentence.
# Seen: a sentence of one or two words is not counted, and its words are. "Yes. The state asks for a license." is one sentence of
#       seven words. "Call first. Then go. They open at nine." is one of eight; with a word more in each of the first two it is
#       three, of ten words together. So a grade by Flesch and Kincaid goes up where a writer cuts a sentence short. A full stop
#       inside a number ends a sentence as well: "It takes 2.5 years to get there." is two.
# dimchat counts sentences itself, where "Yes." is one, and takes syllables alone from a library (one that fetches no dictionary when
# it is first used, as textstat does for a grade).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" textstat==0.7.13 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" python3 -c '
import textstat
for text in (
    "Yes. The state asks for a license.",
    "Call first. Then go. They open at nine.",
    "Call us first. Then just go. They open at nine.",
    "It takes 2.5 years to get there.",
    "No. No. No.",
):
    print(textstat.sentence_count(text), textstat.lexicon_count(text), text)
')
printf '%s\n' "$out"
printf '%s\n' "$out" | grep -q '^1 7 Yes\.' || exit 1
printf '%s\n' "$out" | grep -q '^1 8 Call first' || exit 1
printf '%s\n' "$out" | grep -q '^3 10 Call us' || exit 1
printf '%s\n' "$out" | grep -qE '^2 [67] It takes' || exit 1
printf '%s\n' "$out" | grep -q '^1 3 No' || exit 1
echo "as found"
