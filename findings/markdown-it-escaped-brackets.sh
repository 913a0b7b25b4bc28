#!/bin/sh
# markdown-it-py 4.3.0: an escaped bracket cannot be told from a real one in the tokens that come out.
#
# Guess: who looks for marks of an own kind in the text tokens, such as [1], meets those that an author wrote, and not `\[1\]`,
#        whose escapes say that it is plain text; the parser has a token type for escapes, `text_special`.
# Seen: a last rule, text_join, turns these tokens into text and joins them to their neighbours. `[1]` and `\[1\]` give equal
#       tokens, and an entity such as &#91; does too. Only with that rule switched off can they be told apart.
# dimchat's answers hold [1] as citations: it switches the rule off, and an escaped one stays what its author wrote.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" markdown-it-py==4.3.0 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" python3 -c '
from markdown_it import MarkdownIt
def tokens(text, *off):
    parser = MarkdownIt("commonmark").disable(list(off)) if off else MarkdownIt("commonmark")
    return [(one.type, one.content) for one in parser.parse(text)[1].children]
real, escaped, entity = "see [1].", r"see \[1\].", "see &#91;1&#93;."
print("equal with the rule:   ", tokens(real) == tokens(escaped) == tokens(entity), tokens(escaped))
print("equal without the rule:", tokens(real, "text_join") == tokens(escaped, "text_join"))
print("without the rule:      ", tokens(escaped, "text_join"))
')
printf '%s\n' "$out"
printf '%s' "$out" | grep -q "equal with the rule:    True" || exit 1
printf '%s' "$out" | grep -q "equal without the rule: False" || exit 1
printf '%s' "$out" | grep -q "text_special" || exit 1
echo "as found"
