"""The journal: what people ask, kept only where an operator switched it on, without personal details.

Importing this module loads no database and no matcher: a chat whose journal is off pays nothing for it.
"""

from __future__ import annotations

from dimchat.journal.protocol import Loss, NoRecorder, Recorder
from dimchat.journal.recording import KEEP_DAYS, Fleet, Opener, Switch, load_early, open_recorder, ready
from dimchat.journal.rows import MODES, Mode

__all__ = [
    "KEEP_DAYS",
    "MODES",
    "Fleet",
    "Loss",
    "Mode",
    "NoRecorder",
    "Opener",
    "Recorder",
    "Switch",
    "load_early",
    "open_recorder",
    "ready",
]
