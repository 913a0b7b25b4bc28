"""Files of strangers, read within bounds: so many bytes, so deep, and so much out of an archive."""

from __future__ import annotations

import codecs
import json
import lzma
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dimchat.errors import UsageError
from dimchat.files import disk, json_text
from dimchat.files.text import decode
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 32 * 1024 * 1024
"""Of a file."""
MOST_UNPACKED = 128 * 1024 * 1024
"""Of all that an archive holds."""
MOST_RATIO = 200
"""How many times its size in an archive a part of it may have."""
MOST_PARTS = 20_000
"""Of an archive, or files of a folder."""
DEEPEST = 64
"""Lists and mappings within each other."""
_MACOS = "__MACOSX/"
_SMALL = 1024 * 1024
"""Up to so many bytes a part may shrink as far as it likes."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, OSError, ValueError)
"""What the library raises for a part that is damaged, encrypted or packed in a way that it does not know."""
_OTHER_FILES = {b"PK\x03\x04": wording.WORKBOOK, b"\xd0\xcf\x11\xe0": wording.OLD_WORKBOOK}


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UsageError: It cannot be read, or is larger than `MOST_BYTES`.
    """
    try:
        data = disk.read(path.resolve(), MOST_BYTES)
    except (OSError, ValueError) as error:
        raise UsageError(wording.NO_FILE.format(file=path, why=disk.reason(error))) from error
    if data is None:
        raise UsageError(wording.TOO_BIG.format(file=path, most=MOST_BYTES // (1024 * 1024)))
    return data


def text_of(path: Path) -> str:
    """Return the text of a file: UTF-8, or UTF-16 with its mark.

    Raises:
        UsageError: It cannot be read, is too large, empty or in another encoding, or is a workbook.
    """
    data = bytes_of(path)
    kind = next((kind for start, kind in _OTHER_FILES.items() if data.startswith(start)), None)
    if kind:
        raise UsageError(wording.NO_TEXT.format(file=path, kind=kind))
    return decoded(data, str(path))


def decoded(data: bytes, name: str) -> str:
    """Return bytes as text, see `text_of`."""
    try:
        text = data.decode("utf-16") if data.startswith(_UTF16) else decode(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(wording.NOT_UTF8.format(file=name, line=line)) from error
    # Letters of UTF-16 without its mark are letters of UTF-8 with a zero byte beside each.
    if text.count("\0") > len(text) // 4:
        raise UsageError(wording.NOT_UTF8.format(file=name, line=1))
    if not text.strip():
        raise UsageError(wording.EMPTY.format(file=name))
    return text


def json_of(text: str, name: str) -> Any:  # noqa: ANN401 - whatever stands there
    """Return what JSON says.

    Args:
        text: The JSON; line ends within its texts are borne, as pages on the web have them.
        name: What to call it.

    Raises:
        UsageError: It is no JSON, or nests deeper than `DEEPEST`.
    """
    try:
        found = json_text.loads(text)
    except RecursionError as error:
        raise UsageError(wording.TOO_DEEP.format(file=name, most=DEEPEST)) from error
    except json.JSONDecodeError:
        try:
            found = json.loads(text, strict=False)
        except json.JSONDecodeError as error:
            why = wording.BAD_JSON.format(file=name, line=error.lineno, column=error.colno, why=error.msg)
            raise UsageError(why) from error
        except (RecursionError, ValueError) as error:
            raise UsageError(wording.TOO_DEEP.format(file=name, most=DEEPEST)) from error
    except ValueError as error:
        raise UsageError(wording.BAD_JSON.format(file=name, line=1, column=1, why=error)) from error
    shallow(found, name)
    return found


def shallow(value: object, name: str) -> None:
    """Raise UsageError where lists and mappings nest deeper than `DEEPEST`."""
    level, depth = [value], 0
    while level := [inner for one in level for inner in _held(one)]:
        depth += 1
        if depth > DEEPEST:
            raise UsageError(wording.TOO_DEEP.format(file=name, most=DEEPEST))


def listed(found: object) -> list[Any]:
    """Return a list as it is, anything else as an empty one."""
    return found if isinstance(found, list) else []


def _held(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from (one for one in value.values() if isinstance(one, dict | list))
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict | list))


class Archive:
    """A zip file within bounds; nothing of it is written to the disk."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            UsageError: It is no zip file, or holds too much.
        """
        self._path = path
        try:
            self._zip = zipfile.ZipFile(BytesIO(bytes_of(path)))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise UsageError(wording.NO_ZIP.format(file=path)) from error
        parts = self._zip.infolist()
        if len(parts) > MOST_PARTS:
            raise UsageError(wording.MANY_PARTS.format(file=path, most=MOST_PARTS))
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise UsageError(wording.UNPACKS_BIG.format(file=path, most=MOST_UNPACKED // (1024 * 1024)))
        for part in parts:
            if part.file_size > max(_SMALL, part.compress_size * MOST_RATIO):
                raise UsageError(wording.BOMB.format(file=path, part=part.filename))
        self.names = [part.filename for part in parts if not part.is_dir() and not part.filename.startswith(_MACOS)]
        """The names of its files, with `/` between folders; without what macOS notes beside each."""

    def read(self, name: str) -> bytes:
        """Return the bytes of one of its files.

        Raises:
            UsageError: It is damaged, encrypted, or larger than the archive says.
        """
        try:
            with self._zip.open(name) as part:
                size = self._zip.getinfo(name).file_size
                data = part.read(size + 1)
        except _DAMAGED as error:
            raise UsageError(wording.BAD_PART.format(file=self._path, part=name)) from error
        if len(data) > size:
            raise UsageError(wording.BOMB.format(file=self._path, part=name))
        return data
