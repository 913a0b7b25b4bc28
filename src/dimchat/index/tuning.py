"""Computing a pack's calibration and writing it beside its intents."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dimchat.files import disk
from dimchat.files.json_text import dumps
from dimchat.index import cache
from dimchat.index.packdata import calibration_from_data, calibration_to_data
from dimchat.index.prebuilt import lessons, lines_of
from dimchat.model import SAFETY
from dimchat.pack import find_pack

if TYPE_CHECKING:
    from dimchat.model import Calibration, Pack

FILE = Path("intents", "calibration.json")
TUNED = 600
"""Up to so many lines a pack is tuned by the way: a matter of seconds."""


class Tuned(NamedTuple):
    """The result of tuning a pack."""

    before: Calibration | None
    """What the pack had, whatever it was computed from."""
    after: Calibration
    kept: bool
    """Whether it was found when a pack with the same lessons was tuned before, and nothing was learnt now."""


def tune(root: Path, language: str | None = None) -> Tuned:
    """Return the calibration of a pack, computed from its phrases or kept since that was done.

    Args:
        root: The folder of the pack.
        language: One of its further languages, each of which has a calibration of its own; None for its own.

    Raises:
        PackError: The pack has errors.
    """
    from dimchat.pack import load_pack  # noqa: PLC0415 - reads YAML, which answering does without

    whole = load_pack(find_pack(root))
    pack = whole if language is None else whole.in_language(language)
    # A needless signpost costs a sentence, not a wrong answer, and safety phrases are the most varied of all.
    apart = [intent.id for intent in pack.intents if intent.category == SAFETY]
    # What is far from every pack says nothing about where this one ends.
    apart += [group.id for group in pack.general]
    found_from = json.dumps([pack.learning_digest, apart, pack.wrong_cost])
    file = cache.calibration(hashlib.sha256(found_from.encode()).hexdigest())
    kept = None if file is None else _kept(file, pack.learning_digest)
    thresholds = pack.calibration.thresholds if pack.calibration else ()  # these no tuning finds: a person sets them
    if kept is not None:
        return Tuned(pack.calibration, kept._replace(thresholds=thresholds), kept=True)
    from dimchat.match import calibrate  # noqa: PLC0415 - only tuning needs it

    lines = lines_of(pack)
    authors = {(one.id, line.text): line.by for one in pack.own for line in one.phrases if line.by}
    vectors, met = None, set()
    if meant_for(pack) and lines:
        from dimchat.index.vectors import vectors_of  # noqa: PLC0415 - words alone do without
        from dimchat.match.encoder import encoder  # noqa: PLC0415 - likewise
        from dimchat.match.linear import line_key  # noqa: PLC0415 - likewise

        vectors, _ = vectors_of(lines, root)
        known = set(encoder().met.tolist())
        met = {line for line in authors if line_key(*line) in known}
    found = calibrate(
        **lessons(pack), apart=apart, authors=authors, met=met, wrong_cost=pack.wrong_cost, vectors=vectors
    )
    found = found._replace(digest=pack.learning_digest)
    if file is not None:
        cache.write(file, _to_bytes(found))
    return Tuned(pack.calibration, found._replace(thresholds=thresholds), kept=False)


def meant_for(pack: Pack) -> bool:
    """Return whether the encoder reads the language of a pack: it is English."""
    return pack.language.partition("-")[0].lower() == "en"


def calibrate_pack(root: Path) -> Calibration:
    """Return the calibration of a pack, see `tune`.

    Args:
        root: The folder of the pack.

    Raises:
        PackError: The pack has errors.
    """
    return tune(root).after


def tune_if_small(root: Path) -> bool:
    """Tune a pack of up to `TUNED` lines, in each of its languages; return whether that was done.

    Args:
        root: The folder of the pack.

    Raises:
        PackError: The pack has errors.
        OSError: The calibration cannot be written.
    """
    from dimchat.pack import load_pack  # noqa: PLC0415 - as in `tune`

    pack = load_pack(find_pack(root))
    small = len(lines_of(pack)) <= TUNED
    if small:
        write_calibration(root, calibrate_pack(root))
        for said in pack.spoken:
            write_calibration(root, tune(root, said.language).after, said.language)
    return small


def _kept(file: Path, learning_digest: str) -> Calibration | None:
    """Return a calibration from the cache, or None where there is none that is whole."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        found = calibration_from_data(json.loads(file.read_bytes()))
        if found is not None and found.digest == learning_digest:
            return found
    return None


def calibration_file(language: str | None = None) -> Path:
    """Return where the calibration of a pack stands in it, or that of one of its further languages."""
    return FILE if language is None else FILE.parent / language / FILE.name


def write_calibration(root: Path, calibration: Calibration, language: str | None = None) -> None:
    """Write `intents/calibration.json`, or that of a further language, whole or not at all.

    Args:
        root: The folder of the pack.
        calibration: What `calibrate_pack` returned.
        language: As for `tune`.

    Raises:
        OSError: It cannot be written.
    """
    disk.write(find_pack(root) / calibration_file(language), _to_bytes(calibration))


def _to_bytes(calibration: Calibration) -> bytes:
    return f"{dumps(calibration_to_data(calibration), indent=2)}\n".encode()
