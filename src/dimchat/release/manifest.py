"""The two documents that are signed: a manifest lists the files of a version, the channel says who may take which.

Both are JSON in one way of writing it (sorted keys, no blanks, ASCII, whole numbers): what parses to something whose
bytes are others is refused, so that a key that stands there twice never means one thing here and another elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeVar

from dimchat.files import json_text
from dimchat.pack.folder import LIMIT_ALL, LIMIT_FILES, LOGO, PACK_FILE
from dimchat.release.refusal import RefusedError
from dimchat.wording import release as words

FORMAT = 1
MOST_DOCUMENT = 1024 * 1024
"""Bytes of a signed document."""
MOST_FILES = LIMIT_FILES + 1
"""Those of a pack, and the vectors of its lines."""
MOST_FILE = 32 * 1024 * 1024
"""Bytes of the largest file: the vectors; the pack's own loader takes less of the others."""
MOST_BYTES = LIMIT_ALL + MOST_FILE
"""Bytes of all files together."""
WHOLE = 1 << 32
"""A stand's place in the order of a rollout is below this; a reach of it takes in every stand."""
EARLY = timedelta(days=1)
"""A clock may be so far behind that of the publisher."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)*")
_SHA = re.compile(r"[0-9a-f]{64}")
_STAND = re.compile(r"[a-z][a-z0-9-]{0,39}")
_LONGEST_NAME = 120
_DEEPEST = 4
_TOPS = frozenset({"intents", "answers", "tables"})

State = Literal["running", "halted"]
Held = TypeVar("Held", "Manifest", "Channel")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a version."""

    name: str
    """Relative to the pack's folder, with slashes."""
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One version of a pack."""

    name: str
    """Of the pack."""
    version: int
    """Counts up from 1; a pack that is rolled back gets a new number."""
    issued: datetime
    expires: datetime
    digest: str
    """Of all that a reply can show."""
    learning_digest: str
    fingerprint: str
    """Of the bytes of the pack's files."""
    made_with: str
    """The version of dimchat that published it."""
    needs: str
    """The oldest version of dimchat that may read it."""
    same_as: int | None
    """The version whose files it brings back; None where it is new."""
    files: tuple[File, ...]

    @property
    def size(self) -> int:
        """Return the bytes of all its files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Rollout:
    """A version on its way to all stands."""

    version: int
    manifest: str
    """The SHA-256 of its signed manifest."""
    state: State
    wave: int
    """Counts from 0."""
    reaches: tuple[int, ...]
    """Of each wave: the stands whose place is no greater take the version."""
    started: datetime

    @property
    def reach(self) -> int:
        """Return the reach of the wave that it is in."""
        return self.reaches[self.wave]


@dataclass(frozen=True, slots=True)
class Channel:
    """What stands look at: which version is for whom."""

    name: str
    """Of the pack."""
    serial: int
    """Counts up with each writing."""
    issued: datetime
    expires: datetime
    version: int
    """For every stand; 0 where there is none for all yet."""
    manifest: str
    """The SHA-256 of the signed manifest of that version; empty for version 0."""
    rollout: Rollout | None = None

    def wanted(self, stand: str, held: int) -> tuple[int, str]:
        """Return the version that a stand is to have, and the SHA-256 of its manifest.

        A rollout that was halted reaches no further stand; those that have its version keep it.

        Args:
            stand: Its name.
            held: The version that it has; 0 for none.
        """
        going = self.rollout
        if going is not None:
            reached = going.state == "running" and place_of(stand, going.version) <= going.reach
            if reached or held == going.version:
                return going.version, going.manifest
        return self.version, self.manifest


def place_of(stand: str, version: int) -> int:
    """Return the place of a stand in the order in which a version reaches all: 0 to 2**32 - 1, by SHA-256.

    The version goes into it, so that the same stand is not the first each time.
    """
    return int.from_bytes(hashlib.sha256(f"{version}:{stand}".encode()).digest()[:4])


def is_stand(text: str) -> bool:
    """Return whether a text may be the name of a stand: it stands in tables and on labels, and says nothing else."""
    return _STAND.fullmatch(text) is not None


def canonical(value: Manifest | Channel) -> bytes:
    """Return a document as the bytes that are signed."""
    return _dumps({"format": FORMAT, **asdict(value)})


def read_manifest(said: bytes, what: str) -> Manifest:
    """Return the manifest that was signed, and refuse it before a file is asked for where it lists what no pack has.

    Raises:
        RefusedError: It is ill-formed, lists what no pack has, or too many files or bytes.
    """
    values = _loads(said, what)
    try:
        files = tuple(File(str(one["name"]), _number(one["size"]), _sha(one["sha256"])) for one in values.pop("files"))
        manifest = Manifest(
            **_common(values),
            version=_number(values.pop("version"), 1),
            digest=_sha(values.pop("digest")),
            learning_digest=_sha(values.pop("learning_digest")),
            fingerprint=_sha(values.pop("fingerprint")),
            made_with=str(values.pop("made_with")),
            needs=str(values.pop("needs")),
            same_as=None if (same := values.pop("same_as")) is None else _number(same),
            files=files,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RefusedError("manifest", words.NOT_READ.format(what=what, why=error)) from None
    _check_files(manifest.files, what)
    return _same(manifest, said, what)


def read_channel(said: bytes, what: str) -> Channel:
    """Return the channel that was signed.

    Raises:
        RefusedError: It is ill-formed.
    """
    values = _loads(said, what)
    try:
        going = values.pop("rollout")
        channel = Channel(
            **_common(values),
            serial=_number(values.pop("serial"), 1),
            version=(version := _number(values.pop("version"))),
            manifest=_sha(values.pop("manifest")) if version else str(values.pop("manifest")),
            rollout=None if going is None else _rollout(going),
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise RefusedError("manifest", words.NOT_READ.format(what=what, why=error)) from None
    return _same(channel, said, what)


def in_time(value: Manifest | Channel, now: datetime, what: str) -> None:
    """Make sure that a document counts now.

    Raises:
        RefusedError: It has expired, or the clock here is before the day on which it was issued.
    """
    if now >= value.expires:
        raise RefusedError("expired", words.EXPIRED.format(what=what, day=value.expires.date()))
    if now < value.issued - EARLY:
        raise RefusedError("clock", words.TOO_EARLY.format(what=what, day=value.issued.date()))


def numbers_of(version: str) -> tuple[int, ...]:
    """Return the numbers of a version of dimchat, to compare; what is no number ends them."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(map(int, found[0].split("."))) if found else ()


def _rollout(values: dict[str, Any]) -> Rollout:
    state, reaches = values["state"], tuple(_number(one) for one in values["reaches"])
    if state not in ("running", "halted") or set(values) != set(Rollout.__dataclass_fields__):
        raise ValueError("rollout")
    wave = _number(values["wave"])
    if wave >= len(reaches):
        raise ValueError("wave")
    return Rollout(
        _number(values["version"], 1), _sha(values["manifest"]), state, wave, reaches, _time(values["started"])
    )


def _check_files(files: tuple[File, ...], what: str) -> None:
    def refused(why: str) -> RefusedError:
        return RefusedError("manifest", words.NOT_READ.format(what=what, why=why))

    if len(files) > MOST_FILES:
        many = words.TOO_MANY_FILES.format(count=len(files), most=MOST_FILES)
        raise RefusedError("too-large", words.NOT_READ.format(what=what, why=many))
    total = sum(file.size for file in files)
    if total > MOST_BYTES:
        many = words.TOO_MANY_BYTES.format(count=total, most=MOST_BYTES)
        raise RefusedError("too-large", words.NOT_READ.format(what=what, why=many))
    names = [file.name for file in files]
    for file in files:
        if not is_name(file.name):
            raise refused(words.BAD_NAME.format(name=file.name))
        if file.size > MOST_FILE:
            raise RefusedError("too-large", words.NOT_READ.format(what=what, why=words.BAD_SIZE.format(name=file.name)))
    twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if twice is not None:
        raise refused(words.TWICE.format(name=twice))
    if PACK_FILE not in names:
        raise refused(words.WITHOUT_PACK)


def is_name(name: str) -> bool:
    """Return whether a file of a pack may be called so: in one of the pack's folders, in plain signs, never outside."""
    parts = name.split("/")
    if len(name) > _LONGEST_NAME or not all(map(_NAME.fullmatch, parts)):
        return False
    return name in {PACK_FILE, LOGO} or (1 < len(parts) <= _DEEPEST and parts[0] in _TOPS)


def _common(values: dict[str, Any]) -> dict[str, Any]:
    if values.pop("format") != FORMAT:
        raise ValueError("format")
    name = values.pop("name")
    if not isinstance(name, str):
        raise TypeError("name")
    return {"name": name, "issued": _time(values.pop("issued")), "expires": _time(values.pop("expires"))}


def _same(value: Held, said: bytes, what: str) -> Held:
    if canonical(value) != said:
        raise RefusedError("manifest", words.NOT_READ.format(what=what, why="canonical"))
    return value


def _dumps(values: dict[str, Any]) -> bytes:
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), default=_told, allow_nan=False)
    return text.encode("ascii") + b"\n"


def _loads(said: bytes, what: str) -> dict[str, Any]:
    try:
        values = json_text.loads(said.decode("ascii"))
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise RefusedError("manifest", words.NOT_READ.format(what=what, why="JSON"))
    return values


def _told(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(type(value).__name__)
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _number(value: object, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= WHOLE:
        raise ValueError(f"number {value!r}")
    return value


def _sha(value: object) -> str:
    if not isinstance(value, str) or not _SHA.fullmatch(value):
        raise ValueError("sha256")
    return value
