"""What the stand says, in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.wording.catalogue import Message

MESSAGES: Final[Mapping[str, Message]] = {
    # --- between two visitors: a few lines on an empty screen ---
    "stand.terminal_title": "Information",
    "stand.calm.starting": ("One moment, please.",),
    "stand.calm.next": ("One moment, please.",),
    "stand.calm.crashed": ("One moment, please.", "", "We are starting anew."),
    "stand.calm.no_pack": ("Out of order.", "", "Please ask the staff."),
    # --- while nobody is there ---
    "stand.attract.asks": "{title}: ask what you would like to know",
    "stand.attract.asks_sentence": "{title} Ask what you would like to know",
    "stand.attract.about": "Ask about: {topics}",
    "stand.attract.touch": "Touch or press a key",
    "stand.attract.pause": "Pause",
    "stand.attract.resume": "Move again",
    "stand.attract.pause_key": "p",
    "stand.recorded.off": "Nothing you ask is recorded",
    "stand.recorded.counts": "It is counted which answers are asked for. No question is kept.",
    "stand.recorded.full": "Questions are kept, without names or numbers. Type nothing personal.",
    "stand.recorded_short.off": "Nothing you ask is recorded",
    "stand.recorded_short.counts": "Counted; no question is kept",
    "stand.recorded_short.full": "Questions are kept without names",
    # --- the visit ---
    "stand.tiles_head": "What would you like to know?",
    "stand.readers_head": "Whom the answers are for, where that makes a difference",
    "stand.placeholder": "Type a question, or touch a topic",
    "stand.placeholder_keyboard": "Use the keys below, then touch Ask",
    "stand.also": "You could also ask",
    "stand.browse": "Or one of my topics",
    "stand.which": "Touch the one you mean",
    "stand.sources": "Where this comes from: touch one for its address",
    "stand.read_more": "Read more",
    "stand.read_less": "Read less",
    "stand.topics": "All topics",
    "stand.back": "Back",
    "stand.keyboard": "Keyboard",
    "stand.keyboard_hide": "Hide keys",
    "stand.larger": "Larger",
    "stand.smaller": "Smaller",
    "stand.start_over": "Start over",
    "stand.meant": "Was this what you meant?",
    "stand.meant_yes": "Yes",
    "stand.meant_no": "No",
    "stand.meant_thanks": "Noted, thank you.",
    # --- the keys of the keyboard on the screen ---
    "stand.key.space": "space",
    "stand.key.delete": "delete",
    "stand.key.clear": "clear",
    "stand.key.ask": "Ask",
    "stand.key.rows": ("1234567890", "qwertyuiop", "asdfghjkl'", "zxcvbnm,.?"),
    # --- a source ---
    "stand.source_title": "Where this comes from",
    "stand.source_scan": "Point your phone's camera at the square, or note the address. Nothing is opened here.",
    "stand.source_note_only": "Note the address, to read it elsewhere. Nothing is opened here.",
    "stand.source_no_address": "This source has no address.",
    "stand.close": "Close",
    # --- the warning ---
    "stand.warning.head": "Still there?",
    "stand.warning.act": "Touch anywhere or press any key to go on.",
    "stand.warning.left": {
        "one": "This conversation is erased in 1 second.",
        "other": "This conversation is erased in {count} seconds.",
    },
    # --- the staff ---
    "stand.pin.head": "Staff",
    "stand.pin.ask": "Enter the PIN",
    "stand.pin.none": "No PIN is set on this machine. Who runs it can set one: dimchat kiosk --set-pin",
    "stand.pin.wrong": "That is not the PIN.",
    "stand.pin.checking": "One moment.",
    "stand.pin.ok": "OK",
    "stand.pin.delete": "delete",
    "stand.pin.cancel": "Cancel",
    "stand.staff.head": "Staff menu",
    "stand.staff.leave": "End the kiosk",
    "stand.staff.reload": "Look for a changed pack",
    "stand.staff.counts": "Counts of today",
    "stand.staff.test": "Self-test",
    "stand.staff.back": "Back to visitors",
    "stand.staff.no_parent": "This kiosk runs by itself, without a parent: there is nothing to count or reload.",
    "stand.staff.counted": (
        "Today: {visitors} visitors, {answered} answers, {clarified} choices, {declined} declines, {crashes} crashes."
    ),
    "stand.staff.lost": {
        "one": "One row of the journal could not be kept.",
        "other": "{count} rows of the journal could not be kept.",
    },
    "stand.staff.looking": "Looking at the files of the pack.",
    "stand.staff.pack_taken": "The changed pack passed its check. The next visitor gets it.",
    "stand.staff.pack_same": "The files of the pack are the same as before.",
    "stand.staff.pack_bad": (
        "The pack has errors, or cannot be read: dimchat check lists them. Visitors keep the one before."
    ),
    "stand.staff.testing": "Testing.",
}
