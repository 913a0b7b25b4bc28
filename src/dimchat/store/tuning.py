"""Computing a pack's calibration and writing it beside its intents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.files import atomic
from dimchat.files.json_text import dumps
from dimchat.model import SAFETY
from dimchat.pack import find_pack
from dimchat.store.index import lessons
from dimchat.store.packdata import calibration_to_data

if TYPE_CHECKING:
    from dimchat.model import Calibration

FILE = Path("intents", "calibration.json")


def calibrate_pack(root: Path) -> Calibration:
    """Return the calibration of a pack, computed from its phrases.

    Args:
        root: The folder of the pack.

    Raises:
        PackError: The pack has errors.
    """
    from dimchat.match import calibrate  # noqa: PLC0415 - only tuning needs it
    from dimchat.pack import load_pack  # noqa: PLC0415 - reads YAML, which answering does without

    folder = find_pack(root)
    pack = load_pack(folder)
    # A needless signpost costs a sentence, not a wrong answer, and safety phrases are the most varied of all.
    apart = [intent.id for intent in pack.intents if intent.category == SAFETY]
    return calibrate(**lessons(pack), apart=apart, wrong_cost=pack.wrong_cost)._replace(digest=pack.learning_digest)


def write_calibration(root: Path, calibration: Calibration) -> None:
    """Write `intents/calibration.json`, whole or not at all.

    Args:
        root: The folder of the pack.
        calibration: What `calibrate_pack` returned.

    Raises:
        OSError: It cannot be written.
    """
    atomic.write(find_pack(root) / FILE, f"{dumps(calibration_to_data(calibration), indent=2)}\n".encode())
