"""What can be picked: a value, so that replies can be turned into choices without a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

What = Literal["ask", "open", "none", "command"]
ASK: What = "ask"
OPEN: What = "open"
NONE: What = "none"
COMMAND: What = "command"


@dataclass(frozen=True, slots=True)
class Choice:
    """One row that is picked by its key, by a click, or with tab and enter."""

    key: str
    label: str
    what: What
    target: str = ""
    """The intent to ask for, the category to open, or the command to run."""
    about: str = ""
    count: str = ""
