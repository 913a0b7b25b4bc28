"""Parts shared by the chat, the stand and the curator's screens: the app, themes, text, the input line."""

from __future__ import annotations

NAME = "dimchat"
