#!/bin/sh
# Babel 2.17.0: a catalogue that Babel makes has no place for a plural form that Babel itself says a number takes.
#
# Guess: one library has one set of plural rules, so that `Locale("es").plural_form(n)` names as many forms as a catalogue for
#        Spanish, made with `babel.messages`, has slots.
# Seen: the locale knows three forms of Spanish, French, Italian and Portuguese, with "many" for 1,000,000 (CLDR: "un millón de
#       preguntas"); the catalogue's header has two, and its rule gives 1,000,000 the same form as 2. German and English agree.
#       In Latvian both have three, but in another order: 0 is the locale's "zero", the catalogue's last form.
# dimchat keys plural forms by CLDR's names, so that a language has as many as it needs, whatever a header counts.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" babel==2.17.0 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" python3 -c '
from babel import Locale
from babel.messages.catalog import Catalog
for name in ("en", "de", "es", "fr", "it", "pt", "lv"):
    locale, catalog = Locale(name), Catalog(locale=name)
    forms = sorted({locale.plural_form(number) for number in (*range(200), 1_000_000)})
    print(name, len(forms), catalog.num_plurals, locale.plural_form(1_000_000), locale.plural_form(0), catalog.plural_expr)
')
printf '%s\n' "$out"
for name in es fr it pt; do printf '%s\n' "$out" | grep -qE "^$name 3 2 many " || exit 1; done
for name in en de; do printf '%s\n' "$out" | grep -qE "^$name 2 2 other " || exit 1; done
printf '%s\n' "$out" | grep -qE "^lv 3 3 zero zero .*n != 0 \? 1 : 2" || exit 1
echo "as found"
