"""What the pages of `dimchat serve` say around a conversation, and inside it, in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.wording.catalogue import Message

MESSAGES: Final[Mapping[str, Message]] = {
    # --- around the conversation ---
    "page.title": "{title} · dimchat",
    "page.starting": "One moment …",
    "page.no_script": "This page draws the conversation with JavaScript, which is switched off here.",
    "page.terminal_label": "The conversation. Type a question and press enter.",
    "page.terminal_note": (
        "The conversation is drawn as a picture of a terminal. The browser's zoom makes it larger and goes on with it."
    ),
    "page.start_new": "Start a new conversation",
    "page.idle_heading": "Still there?",
    "page.idle_notice": "This conversation is erased in {seconds} seconds. Press any key, or move the mouse, to go on.",
    "page.idle_stay": "Go on",
    "page.full_text": (
        "Places in all: {count}. This page looks by itself, every {seconds} seconds, whether one is free, and"
        " goes there."
    ),
    "page.crowded_text": (
        "Conversations from your address, which a whole house may share: {count}, as many as there can be at "
        "a time. This page looks by itself, every {seconds} seconds, whether one has ended, and goes there."
    ),
    "page.full_retry": "Look now",
    "page.kiosk_heading": "One moment, please",
    "page.kiosk_text": "This starts again by itself.",
    # --- what is left of a conversation, by the mode of the journal ---
    "page.kept.off": "Nothing of it is kept.",
    "page.kept.counts": "It was counted which answers were asked for; no question is kept.",
    "page.kept.full": "For the curators its questions are kept, without names and numbers.",
    # --- a heading and a sentence for every way in which a conversation ends ---
    "page.ended.left": "The conversation has ended",
    "page.ended_text.left": "{kept}",
    "page.ended.idle": "The conversation has ended",
    "page.ended_text.idle": "Nothing was typed for a long while, so it was erased. {kept}",
    "page.ended.lost": "The connection was lost",
    "page.ended_text.lost": "The conversation cannot be taken up again. {kept} A new one can begin at once.",
    "page.ended.stopped": "dimchat was stopped here",
    "page.ended_text.stopped": "The conversation ended with it. {kept} Perhaps it is back already.",
    "page.ended.full": "Every place is taken",
    "page.ended_text.full": "Somebody took the last place just now. Try again in a moment.",
    "page.ended.crowded": "Many are here already",
    "page.ended_text.crowded": (
        "As many conversations as there can be at a time come from your address, which a whole house may share."
    ),
    "page.ended.failed": "That did not work",
    "page.ended_text.failed": "The conversation stopped by a fault. {kept}",
    "page.ended.refused": "No connection",
    "page.ended_text.refused": (
        "Either dimchat has stopped here, or this page was opened under another address than the one it is served at."
    ),
    "page.ended.large": "That was too much at once",
    "page.ended_text.large": "More text was pasted than fits. The conversation ended. {kept}",
    # --- the page without a terminal ---
    "page.language_name": "English",
    "page.language": "Language",
    "page.skip": "Go to the line for questions",
    "page.ask_label": "Your question",
    "page.ask": "Ask",
    "page.found": "Questions near to what you type",
    "page.found_some": "Questions near to this stand before the line. Arrow up reaches them.",
    "page.source": "source",
    "page.take": "take along",
    "page.codes": "To take along: point your phone's camera at a square",
    "page.code": "QR code",
    "page.code_source": "The address of source [{number}]: {title}",
    "page.code_answer": "The answer itself, to be read without a network",
    "page.code_part": "The answer itself, to be read without a network: {place}/{of}",
    "page.code_from": "Source [{number}]: {told}.",
    "page.aloud": "Read aloud",
    "page.aloud_off": "Stop reading",
    "page.aloud_note": "Whoever stands near hears it too. Headphones keep it to yourself.",
    "page.which": "Which one do you mean?",
    "page.keys": "Keys to type with",
    "page.idle_stand": "This conversation is erased in {seconds} seconds. Touch the screen or press a key to go on.",
    "page.always": "At any time",
    # --- inside the chat ---
    "page.copied": "Sent to your clipboard through the browser.",
    "page.export_usage": ("Name a file: /export FILE.md, .txt or .json. Your browser saves it among your downloads."),
    "page.saved": {
        "one": "One turn handed to your browser as {file}.",
        "other": "{count} turns handed to your browser as {file}.",
    },
    "page.no_cases": (
        "Cases are added where the pack is, not from a browser. /export takes the conversation with you."
    ),
}
