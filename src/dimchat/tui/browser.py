"""Opens an address in the visitor's browser, without a byte of it on the terminal."""

from __future__ import annotations

import subprocess
import sys
import webbrowser

from dimchat.tui.clipboard import is_remote

PATIENCE = 15
"""Seconds for a browser to take the address."""
SCHEMES = ("http://", "https://")
OPENER = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


def can_open(address: str) -> bool:
    """Tell whether a browser with a window of its own is in front of the visitor, and the address is for it."""
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
            [sys.executable, "-c", OPENER, address],
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
