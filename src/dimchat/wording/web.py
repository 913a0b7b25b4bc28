"""The words of `dimchat serve`: its pages, and what it tells the operator."""

from __future__ import annotations

from typing import Final

# --- what a visitor reads around the conversation ---

PAGE_TITLE = "{title} · dimchat"
STARTING = "One moment …"
NO_SCRIPT = "This page draws the conversation with JavaScript, which is switched off here."
TERMINAL_LABEL = "The conversation. Type a question and press enter."
TERMINAL_NOTE = (
    "The conversation is drawn as a picture of a terminal. The browser's zoom makes it larger and goes on with it."
)
START_NEW = "Start a new conversation"
KEPT = {
    "off": "Nothing of it is kept.",
    "counts": "It was counted which answers were asked for; no question is kept.",
    "full": "For the curators its questions are kept, without names and numbers.",
}
"""What is left of a conversation, by the mode of the journal."""
IDLE_HEADING = "Still there?"
IDLE_NOTICE = "This conversation is erased in {seconds} seconds. Press any key, or move the mouse, to go on."
IDLE_STAY = "Go on"
FULL_HEADING = "Every place is taken"
FULL_TEXT = (
    "Places in all: {count}. This page looks by itself, every {seconds} seconds, whether one is free, and goes there."
)
CROWDED_HEADING = "Many are here already"
CROWDED_TEXT = (
    "Conversations from your address, which a whole house may share: {count}, as many as there can be at a time. "
    "This page looks by itself, every {seconds} seconds, whether one has ended, and goes there."
)
FULL_RETRY = "Look now"
KIOSK_HEADING = "One moment, please"
KIOSK_TEXT = "This starts again by itself."

ENDINGS: Final = {
    "left": ("The conversation has ended", "{kept}"),
    "idle": (
        "The conversation has ended",
        "Nothing was typed for a long while, so it was erased. {kept}",
    ),
    "lost": (
        "The connection was lost",
        "The conversation cannot be taken up again. {kept} A new one can begin at once.",
    ),
    "stopped": (
        "dimchat was stopped here",
        "The conversation ended with it. {kept} Perhaps it is back already.",
    ),
    "full": (FULL_HEADING, "Somebody took the last place just now. Try again in a moment."),
    "crowded": (
        CROWDED_HEADING,
        "As many conversations as there can be at a time come from your address, which a whole house may share.",
    ),
    "failed": ("That did not work", "The conversation stopped by a fault. {kept}"),
    "refused": (
        "No connection",
        "Either dimchat has stopped here, or this page was opened under another address than the one it is served at.",
    ),
    "large": ("That was too much at once", "More text was pasted than fits. The conversation ended. {kept}"),
}
"""A heading and a sentence for every way in which a conversation ends."""


def endings(mode: str) -> dict[str, tuple[str, str]]:
    """Return the endings as they are where the journal has a mode."""
    return {name: (heading, text.format(kept=KEPT[mode])) for name, (heading, text) in ENDINGS.items()}


# --- what the operator reads ---

SERVING = "dimchat serves {what} “{title}” at {url} (up to {sessions} at a time; ctrl+c ends it)"
SERVING_CHAT = "the chat"
SERVING_KIOSK = "the kiosk"
OPEN_TO_ALL = (
    "warning: {host} is no loopback address: whoever reaches this machine can start conversations here. There is no "
    "password and no encryption; put a proxy in front (docs/serve.md)"
)
NO_PUBLIC_URL = (
    "warning: without --public-url the page works under this machine's addresses and its own name only, "
    "not under another name or through a proxy"
)
STOPPED = "dimchat serve has ended"
BAD_PROXY = "--proxy {text!r} is no address and no network; it looks like 192.0.2.1 or {example}"
BAD_URL = "--public-url {url!r}: {problem}; it looks like https://www.example.org or https://www.example.org/dimchat"
BAD_URL_SCHEME = "it begins with neither http:// nor https://"
BAD_URL_HOST = "it names no host"
BAD_URL_PORT = "its port is no number from 1 to 65535"
BAD_URL_EXTRAS = "it holds a user, a query or a fragment"
BAD_URL_SIGNS = "it holds blanks or signs that no address has"
PORT_TAKEN = "port {port} on {host} is taken; choose another with --port, or 0 for any free one"
PORT_FORBIDDEN = "port {port} needs more rights; choose one from 1024 up and put a proxy in front (docs/serve.md)"
HOST_UNKNOWN = "--host {host!r} is no address of this machine"
CANNOT_LISTEN = "cannot listen on {host} port {port}: {reason}"
CANNOT_START = "a conversation cannot be started here: its process ended with {status} before it was ready"
LOG_FAULT = "dimchat serve: {fault}"
LOG_CHILD = "a conversation's process ended by a fault"
LOG_NURSERY = "the process that conversations come from ended with {status}; another is started"
CANNOT_BEGIN = "no process for a conversation could be had"
LOG_STUCK = "a conversation's process did not end and was killed"
LOG_SILENT = "a conversation's process gave no sign of life for {seconds:g} seconds and was killed"
LOG_CROWDED = (
    "one address has as many conversations as it may have, and a proxy hands it on that is not named: "
    "name it with --proxy, so that its visitors are told apart (docs/serve.md)"
)
LOG_LOST = "{count} rows of a conversation could not be kept in the journal"
NO_UNIX = "dimchat serve needs a Unix system (Linux, macOS, or WSL on Windows)"
