"""The chat on the screen: one Textual app over `Assistant.ask`, without answering logic of its own."""

from __future__ import annotations

from dimchat.tui.app import ChatApp, make_chat
from dimchat.tui.start import run_chat

__all__ = ["ChatApp", "make_chat", "run_chat"]
