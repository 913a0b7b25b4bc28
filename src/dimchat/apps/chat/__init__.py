"""The chat on the screen: one Textual app over `Assistant.ask`, without answering logic of its own."""

from __future__ import annotations

from dimchat.apps.chat.app import ChatApp, make_chat
from dimchat.apps.chat.settings import Settings, read_settings
from dimchat.apps.chat.start import run_chat

__all__ = ["ChatApp", "Settings", "make_chat", "read_settings", "run_chat"]
