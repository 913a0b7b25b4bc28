"""The way in: `dimchat` and `python -m dimchat`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    from dimchat.cli import run  # noqa: PLC0415 - `import dimchat.__main__` stays free of click

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
