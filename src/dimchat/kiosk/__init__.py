"""The kiosk's parent: keeps a stand running, one process a visitor, and never sees a visitor's word.

Nothing here imports the screens; a visitor's process is started by its module's name.
"""

from __future__ import annotations

from dimchat.kiosk.counts import Counts
from dimchat.kiosk.settings import Settings
from dimchat.kiosk.signs import Sign
from dimchat.kiosk.start import run_kiosk

__all__ = ["Counts", "Settings", "Sign", "run_kiosk"]
