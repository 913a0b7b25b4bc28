"""Makes intents/vectors.bin, the vectors of a pack's lines: `python scripts/make_vectors.py [PACK]`.

PACK is the folder of a pack, this checkout's own by default. With the file at hand neither a wheel nor a checkout
embeds a line that was there when it was made; lines that came later are embedded when they are first needed. What comes
out is the same on every machine, see `dimchat.match.encoder`.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from dimchat.index.prebuilt import lines_of  # noqa: E402 - it is found only now
from dimchat.index.vectors import FILE, ship  # noqa: E402
from dimchat.pack import load_pack  # noqa: E402


def main() -> None:
    """Write the file."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    count = ship(lines_of(load_pack(root)), root)
    sys.stdout.write(f"{root / FILE}: {count} lines\n")


if __name__ == "__main__":
    main()
