"""A visitor's process, as the kiosk's parent starts it."""

from __future__ import annotations

import os
import sys

from dimchat.apps.base.app import CRASHED


def main() -> None:
    """Hold one visit and end at once, so that nothing of it is there any longer than needed."""
    from dimchat.apps.stand.app import run_visitor  # noqa: PLC0415 - importing may fail, and must not say more

    try:
        status = run_visitor(sys.argv[1:])
    except Exception:  # noqa: BLE001 - a traceback would hold the visitor's words
        status = CRASHED
    os._exit(status)


if __name__ == "__main__":
    main()
