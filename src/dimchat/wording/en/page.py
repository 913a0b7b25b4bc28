"""What the page of `dimchat serve` says around the conversation, and inside it, in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.wording.catalogue import Message

MESSAGES: Final[Mapping[str, Message]] = {
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
