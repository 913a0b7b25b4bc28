#!/bin/sh
# eSpeak NG 1.52.0 (of espeakng-loader 0.2.4): in Spanish, French, Polish, Russian and more, -5 is spoken as 5.
#
# Guess: the sign of a number is read aloud in each language, as "-5 degrees" is "minus five degrees" in English: a speech engine of
#        screen readers would not turn frost into warmth.
# Seen: "La temperatura es de -5 grados" has exactly the sounds of "5 grados", and so with the voices fr, pl, ru, da, tr, ca; en, de,
#       it, pt, sv say the sign. With U+2212, the sign that Unicode has for it, Spanish and Polish do say it, but with the English
#       word, English says it too, and Portuguese, which reads the hyphen, leaves this one out. So none of the two signs is safe.
# Screen readers add the word in some languages (NVDA issues 10633, 16676); sentences of Home Assistant write it out (intents issue 1683).
# dimchat writes the word in English, Spanish and German; who writes answers in another such language writes it there.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check espeakng-loader==0.2.4 2>/dev/null
out=$("$folder/venv/bin/python" - <<'P'
import ctypes
import espeakng_loader
espeak = ctypes.CDLL(espeakng_loader.get_library_path())
espeak.espeak_TextToPhonemes.restype = espeak.espeak_Info.restype = ctypes.c_char_p
assert espeak.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0) > 0
print(espeak.espeak_Info(None).decode())
def sounds(voice, text):
    assert espeak.espeak_SetVoiceByName(voice.encode()) == 0, voice
    rest, said = ctypes.c_char_p(text.encode()), []
    while rest.value is not None:
        said.append((espeak.espeak_TextToPhonemes(ctypes.byref(rest), 1, 0) or b"").decode())
    return " ".join(" ".join(said).split())
for text in ("La temperatura es de 5 grados", "La temperatura es de -5 grados", "La temperatura es de \u22125 grados"):
    print(ascii(text), sounds("es", text))
for voice in ("es", "es-419", "fr", "pl", "ru", "da", "tr", "ca", "en", "de", "it", "pt", "sv"):
    plain = sounds(voice, "5")
    signs = ("the same as 5" if sounds(voice, sign + "5") == plain else sounds(voice, sign + "5") for sign in "-\u2212")
    print(voice, plain, *signs, sep=" | ")
P
)
printf '%s\n' "$out"
seen() { printf '%s\n' "$out" | grep -q -e "$1" || exit 1; }
seen '^1\.52\.0$'
[ "$(printf '%s\n' "$out" | sed -n 's/^.La temperatura es de -\{0,1\}5 grados. //p' | sort -u | wc -l)" = 1 ] || exit 1
for voice in es es-419 fr pl ru da tr ca; do seen "^$voice | [^|]* | the same as 5 |"; done
for voice in en de it pt sv; do seen "^$voice | [^|]* | [^|]*m[^|]* |"; done
seen "^es | .* | (en)m'aIn@s(es)"
seen '^pt | .* | the same as 5$'
echo "as found"
