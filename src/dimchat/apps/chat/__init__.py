"""The chat on the screen: one Textual app over `Assistant.ask`, without answering logic of its own."""

from __future__ import annotations

from dimchat.apps.chat.app import ChatApp, run_chat
from dimchat.apps.chat.settings import Settings, read_settings

__all__ = ["ChatApp", "Settings", "read_settings", "run_chat"]
