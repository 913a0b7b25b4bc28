#!/bin/sh
# python-frontmatter 1.3.0: a page that begins with a rule loses all that stands before the next one; one that begins with code, its indent.
#
# Guess: a Markdown page without front matter comes back as it is: "If frontmatter is not found, returns an empty metadata dictionary
#        (or defaults) and original text content", says `parse`. What stands between two rules and is no mapping is no front matter.
# Seen: two lines of three hyphens are enough. What stands between them is read as YAML, and where that gives no mapping, as for prose,
#       it is in neither half of the result: no metadata, no content, no error; `checks` says that there is front matter. The text is
#       stripped as well, with front matter and without, so that a page whose first block is code, four blanks before it, has a
#       paragraph there instead, and `dumps` of what was loaded writes it so. Code further down keeps its indent.
# dimchat reads no front matter; who brings pages through this library into a pack looks at such pages first.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" python-frontmatter==1.3.0 pyyaml==6.0.3 markdown-it-py==4.3.0 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" python3 - <<'P'
import frontmatter
from markdown_it import MarkdownIt
def shown(name, text):
    metadata, content = frontmatter.parse(text)
    blocks = [[token.type for token in MarkdownIt().parse(one) if token.nesting >= 0 and token.level == 0] for one in (text, content)]
    print(f"{name}: front matter {frontmatter.checks(text)}, {metadata}, {content!r}")
    return blocks
shown("rules ", "---\n\nThe lobby is closed today.\n\n---\n\nAsk at the desk.\n")
shown("a rule", "---\n\nThe lobby is open today.\n\nAsk at the desk.\n")
for name, text in (
    ("code  ", "    dimension = 5\n\nThat is the default.\n"),
    ("both  ", "---\ntitle: Settings\n---\n\n    dimension = 5\n\nThat is the default.\n"),
):
    whole, left = shown(name, text)
    print(f"{name}: blocks {whole[-2:]} became {left}")
P
)
printf '%s\n' "$out"
seen() { printf '%s\n' "$out" | grep -qxF -e "$1" || exit 1; }
seen "rules : front matter True, {}, 'Ask at the desk.'"
seen "code  : front matter False, {}, 'dimension = 5\\n\\nThat is the default.'"
seen "code  : blocks ['code_block', 'paragraph_open'] became ['paragraph_open', 'paragraph_open']"
seen "both  : blocks ['code_block', 'paragraph_open'] became ['paragraph_open', 'paragraph_open']"
echo "as found"
