"""Opens an address in a browser: `python -m dimchat.apps.opener ADDRESS` ends with 1 where none took it."""

from __future__ import annotations

import sys
import webbrowser

if __name__ == "__main__":
    sys.exit(not webbrowser.open(sys.argv[1]))
