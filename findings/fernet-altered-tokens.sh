#!/bin/sh
# cryptography 50.0.2: Fernet opens tokens that were altered.
#
# Guess: a token of Fernet is sealed, so that whoever changes one character of it gets InvalidToken.
# Seen: the seal covers the bytes, not the text. Signs that are no base64, line ends and blanks are passed over wherever they
#       stand, text behind the padding too, and where padding leaves bits over, several letters mean the same byte. So one
#       state has endlessly many texts: a list of revoked tokens by their text, or a cache keyed by it, can be walked around.
# dimchat takes a state only where encoding its bytes again gives the very same text.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check cryptography==50.0.2 2>/dev/null
out=$("$folder/venv/bin/python" - <<'P'
from cryptography.fernet import Fernet, InvalidToken
one = Fernet(Fernet.generate_key())
token = one.encrypt(b"user=alice")
padded = token.rstrip(b"=")
def opened(name, altered):
    assert altered != token
    try:
        print(f"{name}: {one.decrypt(altered).decode()}")
    except InvalidToken:
        print(f"{name}: InvalidToken")
opened("a letter changed", token[:20] + (b"A" if token[20:21] != b"A" else b"B") + token[21:])
opened("signs put in", token[:20] + b"!\n* " + token[20:])
opened("text behind it", token + b"&user=bob")
for letter in range(256):
    if (other := padded[:-1] + bytes([letter]) + token[len(padded):]) != token and chr(letter).isalnum():
        try:
            one.decrypt(other)
        except InvalidToken:
            continue
        opened("another last letter", other)
        break
P
)
printf '%s\n' "$out"
printf '%s' "$out" | grep -q "a letter changed: InvalidToken" || exit 1
printf '%s' "$out" | grep -q "signs put in: user=alice" || exit 1
printf '%s' "$out" | grep -q "text behind it: user=alice" || exit 1
printf '%s' "$out" | grep -q "another last letter: user=alice" || exit 1
echo "as found"
