"""The words of the kiosk: what a visitor sees, what the staff sees, and what the operator reads."""

from __future__ import annotations

TERMINAL_TITLE = "Information"
NO_TERMINAL = "the kiosk needs a terminal, as its input and as its output"
NO_WINDOWS = "the kiosk needs a POSIX terminal; on Windows, serve it to a browser"

# --- the calm screen, between two visitors; one language, no word of anybody's ---

CALM_STARTING = ("One moment, please.",)
CALM_NEXT = ("One moment, please.",)
CALM_CRASHED = ("One moment, please.", "", "We are starting anew.")

CALM_NO_PACK = ("Out of order.", "", "Please ask the staff.")

# --- attract ---

ATTRACT_ASKS = "{title}: ask what you would like to know"
ATTRACT_ABOUT = "Ask about: {topics}"
ATTRACT_TOUCH = "Touch or press a key"
ATTRACT_PAUSE = "Pause"
ATTRACT_RESUME = "Move again"
ATTRACT_PAUSE_KEY = "p"
NOTHING_RECORDED = "Nothing you ask is recorded"
RECORDED = {
    "off": NOTHING_RECORDED,
    "counts": "It is counted which answers are asked for. No question is kept.",
    "full": "Questions are kept, without names or numbers. Type nothing personal.",
}
"""What the attract screen says of the journal, by mode."""
RECORDED_SHORT = {
    "off": NOTHING_RECORDED,
    "counts": "Counted; no question is kept",
    "full": "Questions are kept without names",
}
"""The same beside the title, where little fits."""

# --- the conversation ---

TILES_HEAD = "What would you like to know?"
READERS_HEAD = "Whom the answers are for, where that makes a difference"
PLACEHOLDER = "Type a question, or touch a topic"
PLACEHOLDER_KEYBOARD = "Use the keys below, then touch Ask"
ALSO = "You could also ask"
WHICH = "Touch the one you mean"
SOURCES = "Where this comes from: touch one for its address"
READ_MORE = "Read more"
READ_LESS = "Read less"
TOPICS = "All topics"
BACK = "Back"
KEYBOARD = "Keyboard"
KEYBOARD_HIDE = "Hide keys"
LARGER = "Larger"
SMALLER = "Smaller"
START_OVER = "Start over"
UP = "▲"
DOWN = "▼"
KEY_SPACE = "space"
KEY_DELETE = "delete"
KEY_CLEAR = "clear"
KEY_ASK = "Ask"
KEY_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl'", "zxcvbnm,.?")
MEANT = "Was this what you meant?"
MEANT_YES = "Yes"
MEANT_NO = "No"
MEANT_THANKS = "Noted, thank you."

# --- a source ---

SOURCE_TITLE = "Where this comes from"
SOURCE_SCAN = "Point your phone's camera at the square, or note the address. Nothing is opened here."
SOURCE_NOTE_ONLY = "Note the address, to read it elsewhere. Nothing is opened here."
SOURCE_NO_ADDRESS = "This source has no address."
CLOSE = "Close"

# --- the warning ---

WARNING_HEAD = "Still there?"
WARNING_ACT = "Touch anywhere or press any key to go on."
WARNING_LEFT = "This conversation is erased in {seconds} seconds."
WARNING_LEFT_ONE = "This conversation is erased in 1 second."

# --- the staff ---

PIN_HEAD = "Staff"
PIN_ASK = "Enter the PIN"
PIN_NONE = "No PIN is set on this machine. Who runs it can set one: dimchat kiosk --set-pin"
PIN_WRONG = "That is not the PIN."
PIN_WAIT = "Too many attempts. The next one is possible in {wait}."
PIN_UNREADABLE = "The file of the PIN cannot be used. Who runs this machine can set it anew: dimchat kiosk --set-pin"
PIN_CHECKING = "One moment."
PIN_OK = "OK"
PIN_DELETE = "delete"
PIN_CANCEL = "Cancel"
STAFF_HEAD = "Staff menu"
STAFF_LEAVE = "End the kiosk"
STAFF_RELOAD = "Look for a changed pack"
STAFF_COUNTS = "Counts of today"
STAFF_TEST = "Self-test"
STAFF_BACK = "Back to visitors"
STAFF_NO_PARENT = "This kiosk runs by itself, without a parent: there is nothing to count or reload."
STAFF_COUNTED = (
    "Today: {visitors} visitors, {answered} answers, {clarified} choices, {declined} declines, {crashes} crashes."
)
LOST = "dimchat: {count} rows could not be kept in the journal, and it does not know of them\n"
STAFF_LOST = " {lost} rows of the journal could not be kept."
STAFF_LOOKING = "Looking at the files of the pack."
STAFF_PACK_TAKEN = "The changed pack passed its check. The next visitor gets it."
STAFF_PACK_SAME = "The files of the pack are the same as before."
STAFF_PACK_BAD = "The pack has errors, or cannot be read: dimchat check lists them. Visitors keep the one before."
STATUS_GOOD = "The pack is in order."
STATUS_BAD = "The pack has errors, or cannot be read: dimchat check lists them. Visitors have the one before."
STATUS_NONE = "Out of order: the pack has errors, or cannot be read, and none before it was kept."
STAFF_TESTING = "Testing."

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
