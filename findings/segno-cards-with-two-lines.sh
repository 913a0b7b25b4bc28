#!/bin/sh
# segno 1.6.6: a memo of two lines makes a vCard that is none; readers that forgive keep the first line alone.
#
# Guess: `helpers.make_vcard(memo=...)` escapes what vCard needs escaped in a value, a line break among it (RFC 2426, 4: "\n"), as it does for
#        a comma and a semicolon.
# Seen: the break goes into the code as it is. "Ring twice" stands on a line of its own, which has no name: vobject refuses the whole card,
#       and with ignoreUnreadable, as forgiving readers do, drops the line, so that who scans it keeps "Open 9 to 5" alone. The
#       backslash is not escaped either: "\\share\new desk" is read back as "\share", a line break and "ew desk"; so who writes "\n" by hand gets
#       the second line, and must know it. The code itself is read without fault, and make_mecard puts the bare break in as well.
# dimchat's codes hold addresses only.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check segno==1.6.6 vobject==0.9.9 zxing-cpp==3.1.1 pillow==12.3.0 2>/dev/null
out=$("$folder/venv/bin/python" - <<'P'
import io
import logging
import vobject
import zxingcpp
from PIL import Image
from segno import helpers
logging.disable(logging.CRITICAL)
def read(memo):
    image = io.BytesIO()
    helpers.make_vcard(name="Desk;Front", displayname="Front Desk", memo=memo).save(image, kind="png", scale=6)
    return zxingcpp.read_barcode(Image.open(image)).text
for memo in ("Open 9 to 5; ring, please", "Open 9 to 5\nRing twice", r"Open 9 to 5\nRing twice", r"\\share\new desk"):
    card = read(memo)
    print(repr(memo), "is", repr(card[card.index("NOTE:"):card.index("END:")].rstrip("\r\n")))
    try:
        vobject.readOne(card)
        print("    read")
    except vobject.base.ParseError as error:
        print("    refused:", str(error).partition(": ")[2])
    print("   ", {key: value[0].value for key, value in vobject.readOne(card, ignoreUnreadable=True).contents.items() if key == "note"})
print(repr(helpers.make_mecard_data(name="Desk", memo="Open 9 to 5\nRing twice")))
P
)
printf '%s\n' "$out"
seen() { printf '%s\n' "$out" | grep -qF -e "$1" || exit 1; }
seen "is 'NOTE:Open 9 to 5\\\\; ring\\\\, please'"
seen "is 'NOTE:Open 9 to 5\\nRing twice'"
seen "    refused: Failed to parse line: Ring twice"
seen "    {'note': 'Open 9 to 5'}"
seen "    {'note': 'Open 9 to 5\\nRing twice'}"
seen "{'note': '\\\\share\\new desk'}"
seen "MEMO:Open 9 to 5\\nRing twice;"
echo "as found"
