#!/bin/sh
# snowballstemmer 3.1.1: the Spanish stemmer keeps the plural of common words apart from the singular.
#
# Guess: with all accents written, "imagen" and "imágenes", "año" and "años", "día" and "días" have one stem each, as "canción" and
#        "canciones" have.
# Seen: "imagen" becomes "imag" and "imágenes" "imagen", which a second pass would bring to "imag"; so it is with "examen", "joven",
#       "origen" and "margen". "año" and "años", "día" and "días", "río" and "ríos", "pie" and "pies", "luz" and "luces" stay two: an s goes
#       only with a vowel that stands far enough from the beginning, which in short words none does.
# dimchat takes the s off, asks the stemmer until nothing changes, and reads a last z as c (`language/spanish.py`).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
pip install -q --disable-pip-version-check --target "$folder" snowballstemmer==3.1.1 2>/dev/null
cd "$folder"
out=$(PYTHONPATH="$folder" PYTHONIOENCODING=utf-8 python3 -c '
import snowballstemmer
stem = snowballstemmer.stemmer("spanish").stemWord
for one, many in (
    ("canción", "canciones"), ("imagen", "imágenes"), ("examen", "exámenes"), ("año", "años"), ("día", "días"),
    ("río", "ríos"), ("pie", "pies"), ("luz", "luces"),
):
    print(one, many, "one stem" if stem(one) == stem(many) else "two stems")
print(stem("imágenes"), stem(stem("imágenes")))
')
printf '%s\n' "$out"
printf '%s\n' "$out" | grep -q '^canción canciones one stem' || exit 1
[ "$(printf '%s\n' "$out" | grep -c 'two stems')" = 7 ] || exit 1
printf '%s\n' "$out" | grep -q '^imagen imag$' || exit 1
echo "as found"
