"""The chat or the kiosk in a browser: a server, and a process of its own for each visitor."""

from __future__ import annotations

from dimchat.web.run import serve
from dimchat.web.settings import Settings

__all__ = ["Settings", "serve"]
