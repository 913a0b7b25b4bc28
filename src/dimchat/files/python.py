"""Starting Python, and other programs, so that where and by whom dimchat was started changes nothing of what they do.

Python puts the current folder, or what `PYTHONPATH` names, before its own modules: a file `json.py` there would run in
each process of ours. git reads another repository where `GIT_DIR` says so. So each program is started with `-P`
where it is Python, in a folder of our own, and with an environment of listed names. tests/house/test_starts.py looks
that nothing in the program starts another one in its own way.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
"""Where programs are started: a folder in which nobody but the installer puts files. Paths handed on are absolute."""

BASE = frozenset(
    {
        *("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TZ"),
        *("LANG", "LANGUAGE", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES", "LC_NUMERIC", "LC_TIME"),
        *("DIMCHAT_CACHE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"),
        *("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "PATHEXT", "COMSPEC"),
    }
)
"""Names that any program may see: where things lie and what language is spoken, nothing that makes it run more."""
PLACES = frozenset({"HOME", "TMPDIR", "TEMP", "TMP", "DIMCHAT_CACHE", *(name for name in BASE if name[:4] == "XDG_")})
"""Those of them that name a folder: in another current folder a relative one would mean another folder."""
SCREEN = frozenset(
    {
        *("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR"),
        *("TMUX", "STY", "SSH_CONNECTION", "SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY"),
    }
)
"""Names that a program which draws, or which looks at how it is shown, may see as well.

COLUMNS and LINES are none of them: they would stay as they are when the terminal gets another size.
"""


def command(module: str, *arguments: str) -> list[str]:
    """Return what starts a module of ours with the Python that runs now, without the current folder on its path.

    Args:
        module: Its dotted name.
        arguments: What it gets.
    """
    return [sys.executable, "-P", "-m", module, *arguments]


def environment(*names: str, **values: str) -> dict[str, str]:
    """Return the environment for a program that we start: `BASE`, and what is asked for.

    Args:
        names: Of variables to hand on where they are set, such as those in `SCREEN`.
        values: Variables to set, whatever they were.
    """
    handed_on = {
        name: os.path.abspath(value) if name in PLACES and value else value  # noqa: PTH100 - text stays text
        for name, value in os.environ.items()
        if name in BASE or name in names
    }
    return {**handed_on, **_own_place(), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", **values}


def _own_place() -> dict[str, str]:
    """Return what lets another Python find dimchat where only PYTHONPATH, or the start's folder, told where it lies.

    Nothing else of PYTHONPATH is handed on. What is installed, Python finds by itself.
    """
    root, library = str(FOLDER.parents[1]), os.path.dirname(os.__file__)  # noqa: PTH120 - as above
    found = [os.path.realpath(entry) for entry in sys.path]
    installed = found[found.index(library) :] if library in found else found
    return {} if root in installed else {"PYTHONPATH": root}
