"""Which clipboard takes a copy: the system's, or the terminal's own by OSC 52."""

from __future__ import annotations

import importlib
import os


def is_remote() -> bool:
    """Tell whether this machine's clipboard is not the one in front of the visitor."""
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


def copy_to_system(text: str) -> bool:
    """Copy to the system's clipboard, and tell whether there was one; may take a while."""
    try:
        pyperclip = importlib.import_module("pyperclip")
    except ImportError:
        return False
    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError, UnicodeError):
        return False
    return True
