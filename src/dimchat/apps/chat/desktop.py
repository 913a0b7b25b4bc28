"""The visitor's own machine: which clipboard takes a copy, which browser opens an address."""

from __future__ import annotations

import importlib
import os
import subprocess
import webbrowser

from dimchat.files import python


def is_remote() -> bool:
    """Return whether this machine's clipboard is not the one in front of the visitor."""
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


PATIENCE = 15
"""Seconds for a browser to take the address."""
SCHEMES = ("http://", "https://")
MODULE = "dimchat.apps.opener"
"""Does it, in a process that loads no screen."""
SEEN = (
    *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS"),
    *("XDG_CURRENT_DESKTOP", "XDG_SESSION_DESKTOP", "XDG_SESSION_TYPE", "XDG_SESSION_ID", "XDG_SEAT", "XDG_VTNR"),
    *("XDG_DATA_DIRS", "XDG_CONFIG_DIRS", "XDG_MENU_PREFIX", "DESKTOP_SESSION", "GNOME_DESKTOP_SESSION_ID"),
    *("KDE_FULL_SESSION", "KDE_SESSION_VERSION", "DE", "WSL_DISTRO_NAME", "WSL_INTEROP"),
    *("GTK_IM_MODULE", "QT_IM_MODULE", "XMODIFIERS", "GDK_SCALE", "QT_SCALE_FACTOR", "MOZ_ENABLE_WAYLAND"),
    *("http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMDATA"),
    "BROWSER",
)
"""Names of the environment by which a desktop is found, and that a browser which is not running yet needs.

BROWSER may name a command, and is handed on all the same: it is how a person, or WSL, or a remote editor, says which
browser to use, and who can set it for the chat could run the command without the chat. What is kept out is what a
folder can do to whoever stands in it: a relative command is not looked for in the current folder.
"""


def can_open(address: str) -> bool:
    """Return whether a browser with a window of its own is in front of the visitor, and the address is for it."""
    if is_remote() or not address.casefold().startswith(SCHEMES):
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    # The bare generic one runs in the terminal and would draw over the chat.
    return type(browser) is not webbrowser.GenericBrowser


def open_address(address: str) -> bool:
    """Open an address and tell whether a browser took it; may take seconds.

    It runs apart from the terminal, because browsers write warnings to wherever they were started from.
    """
    try:
        done = subprocess.run(  # noqa: S603 - ourselves, with one argument
            python.command(MODULE, address),
            env=python.environment(*SEEN),
            cwd=python.FOLDER,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
