"""The words of the kiosk that the operator reads."""

from __future__ import annotations

NO_TERMINAL = "the kiosk needs a terminal, as its input and as its output"
NO_WINDOWS = "the kiosk needs a POSIX terminal; on Windows, serve it to a browser"

# --- the PIN, the journal, the state of the pack ---

PIN_WAIT = "Too many attempts. The next one is possible in {wait}."
PIN_UNREADABLE = "The file of the PIN cannot be used. Who runs this machine can set it anew: dimchat kiosk --set-pin"
LOST = "dimchat: {count} rows could not be kept in the journal, and it does not know of them\n"
STATUS_GOOD = "The pack is in order."
STATUS_BAD = "Visitors have the last pack that passed its check; the files do not: {why}"
STATUS_NONE = "Out of order: no pack was kept, and the files do not pass their check: {why}"
PACK_EDITED = "the pack was edited while it was checked"
PACK_SLOW = "the check took longer than {seconds:g} seconds and was given up"
PACK_UNCHECKED = "the check could not be begun: {reason}"
PACK_ENDED = "the check ended by itself with status {status}"

# --- setting the PIN ---

SET_PIN_ASK = "New PIN (4 to 12 digits)"
SET_PIN_AGAIN = "The same again"
SET_PIN_DIFFER = "the two PINs differ; nothing was changed"
SET_PIN_FORM = "a PIN has 4 to 12 digits and nothing else; nothing was changed"
SET_PIN_EASY = "a PIN of one repeated digit, or of digits in a row, is guessed first; nothing was changed"
SET_PIN_DONE = "The PIN is set. It is kept, hashed, in {file}."

# --- ending a lock-out ---

UNLOCK_NO_PIN = "there is no PIN in {file}, so nobody is locked out; dimchat kiosk --set-pin sets one"
UNLOCK_NOTHING = "nobody is locked out: there was no wrong attempt since the right PIN was last entered"
UNLOCK_CANNOT = "{file} cannot be written: {reason}; run this as the user of the kiosk"
UNLOCK_DONE = "Wrong attempts forgotten: {count}. The next attempt is possible at once{left}."
UNLOCK_LEFT = ", instead of in {wait}"
ONE_ACT = "{first} and {second} are two things: one at a time"
