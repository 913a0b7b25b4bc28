#!/bin/sh
# pytest 9.2.0: `--lf` never finds an item again whose name, given by a plugin, holds a bracket.
#
# Guess: an item of a plugin (pytest.Item.from_parent(name=...)) may be named anything; after a failure `--lf` runs it alone.
# Seen: ids that come back from the cache are parsed, and what follows the first "[" is taken for a parameter. An item named
#       "what [is] this" never equals itself, so `--lf` runs everything again, without a word.
# dimchat names the items of its plugin by what was asked, so it writes round brackets for square ones.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv; venv/bin/pip install -q --disable-pip-version-check pytest==9.2.0 2>/dev/null
cat > conftest.py <<'P'
import pytest
class One(pytest.Item):
    def runtest(self):
        assert self.name.startswith("good")
class Lines(pytest.File):
    def collect(self):
        for line in self.path.read_text().splitlines():
            yield One.from_parent(self, name=line)
def pytest_collect_file(file_path, parent):
    if file_path.suffix == ".lines":
        return Lines.from_parent(parent, path=file_path)
P
run() { # run NAME: how many tests `--lf` runs after the one named NAME has failed
  rm -rf .pytest_cache; printf 'good one\ngood two\n%s\n' "$1" > all.lines
  venv/bin/python -m pytest -q all.lines >/dev/null 2>&1 || true
  venv/bin/python -m pytest -q --lf all.lines 2>&1 | tail -1
}
plain=$(run "what is this"); brackets=$(run "what [is] this")
echo "named 'what is this':   $plain"
echo "named 'what [is] this': $brackets"
case "$plain" in "1 failed"*deselected*|"1 failed in"*) ;; *) exit 1 ;; esac
case "$brackets" in "1 failed, 2 passed"*) ;; *) exit 1 ;; esac
echo "as found"
