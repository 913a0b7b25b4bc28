#!/bin/sh
# Babel 2.19.0: parse_time reads the afternoon that format_time wrote, in the same locale and format, as the morning.
#
# Guess: `parse_time(format_time(at, "short", locale=l), locale=l, format="short")` is the same time, in each locale that Babel knows;
#        the function takes a locale, and Babel knows what am and pm are in it.
# Seen: the order of the numbers comes from the locale, the half of the day does not: it looks for the letters "pm", whatever the
#       locale. 21:05 is "9:05 p.m." in Mexico and the Spanish of the United States, "9:05 μ.μ." in Greek, "오후 9:05" in Korean, and each is
#       read as 09:05, without an error. In English too, as many write it: "9:05 p.m." is the morning, "9:05 pm" the evening.
#       Midnight, "12:05 a.m.", is read as 12:05. More than a hundred locales; those with 24 hours are right.
# It is not in the docs of `parse_time`, which say that the locale is a hint for the order of the fields. dimchat reads no times.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" babel==2.19.0 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" PYTHONIOENCODING=utf-8 python3 - <<'P'
import datetime
from babel.dates import format_time, parse_time
from babel.localedata import locale_identifiers
evening, night = datetime.time(21, 5), datetime.time(0, 5)
def again(at, locale):
    written = format_time(at, "short", locale=locale)
    return " ".join(written.split()), parse_time(written, locale=locale, format="short")
for locale in ("en_US", "es", "es_MX", "es_US", "el", "ko"):
    print(locale, *(f"{at:%H:%M} {' -> '.join(map(str, again(at, locale)))}" for at in (evening, night)), sep=" | ")
for text in ("9:05 pm", "9:05 p.m."):
    print(f"en | {text} -> {parse_time(text, locale='en', format='short')}")
wrong = [one for one in locale_identifiers() if again(evening, one)[1] != evening]
print("locales whose evening comes back as another time:", len(wrong), {str(again(evening, one)[1]) for one in wrong})
P
)
printf '%s\n' "$out"
seen() { printf '%s\n' "$out" | grep -q -e "$1" || exit 1; }
seen '^en_US | 21:05 9:05 PM -> 21:05:00 '
seen '^es | 21:05 21:05 -> 21:05:00 '
for locale in es_MX es_US el; do seen "^$locale | 21:05 9:05 .* -> 09:05:00 | 00:05 12:05 .* -> 12:05:00\$"; done
seen '^ko | 21:05 .* -> 09:05:00 | 00:05 .* -> 12:05:00$'
seen '^en | 9:05 pm -> 21:05:00$'
seen '^en | 9:05 p.m. -> 09:05:00$'
seen "another time: 1[0-9][0-9] {'09:05:00'}\$"
echo "as found"
