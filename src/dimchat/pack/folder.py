"""Finding a pack, reading its bytes and naming what was read; no YAML here, so that it is quick.

Whatever a path turns out to be, reading it ends: a FIFO or a device is refused before it is
opened, no file is read beyond its limit, and neither are all of them together. A link may lead
from one place in the pack to another, never out of it: who sends a pack must not choose what
else of this machine is read, shown or copied.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import dimchat
from dimchat.errors import PackError
from dimchat.files import disk
from dimchat.files.disk import printable, reason, stays_in
from dimchat.model import Place
from dimchat.pack.rules import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dimchat.files.yaml import Node

Name = TypeVar("Name", str, Path)

LIMIT = 4 * 1024 * 1024
"""The bytes that a file may have at most."""
LIMIT_FILES = 1000
LIMIT_ALL = 64 * 1024 * 1024
"""The bytes that all files of a pack may have at most."""

PACK_FILE = "pack.yaml"
FOLDERS = ("intents", "answers")
TABLES = "tables"
"""A folder that a pack may have: NAME.csv and NAME.yaml of each table."""
CALIBRATION = "intents/calibration.json"
LOGO = "logo.png"
"""A file that a pack may have, beside its pack.yaml."""

_OUTSIDE = "a link that leads out of the pack, where nothing is read; put what it leads to here"
_LEARNT = ("intents/", "tables/")
_STEM = re.compile(r"[a-z][a-z0-9_]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def find_pack(path: Path | None) -> Path:
    """Return the folder of a pack.

    Args:
        path: The folder, or its `pack.yaml`; None for the bundled pack, which lies in
            `dimchat/_pack` where a wheel put it, else at the repository root above `src/`.

    Raises:
        PackError: There is no pack.
    """
    if path is not None:
        return _given(path)
    package = Path(dimchat.__file__).resolve().parent
    places = [package / "_pack"]
    if package.parent.name == "src":
        places.append(package.parent.parent)
    for place in places:
        if (place / PACK_FILE).is_file():
            return place
    report = Report()
    tried = " or ".join(printable(place) for place in places)
    report.add("missing-file", Place(PACK_FILE), f"the bundled pack is missing: no pack.yaml in {tried}")
    raise PackError(report.problems)


def pack_here() -> Path | None:
    """Return the current folder if it holds a pack.yaml, whatever that is: curators' tools work on that one."""
    try:
        here = Path.cwd()
    except OSError:  # it was removed
        return None
    return here if os.path.lexists(here / PACK_FILE) else None


def named(root: Path) -> str:
    """Return what a curator's command needs to be given to work on the pack in a folder: ` --pack DIR`, ready to paste.

    It is empty where the command takes that pack by itself: that of the current folder, or else the bundled one.
    """
    here = pack_here()
    with suppress(PackError):
        if os.path.realpath(root) == os.path.realpath(here or find_pack(None)):
            return ""
    return f" --pack {shlex.quote(shown_path(root))}"


def shown_path(path: Path) -> str:
    """Return a path as a person types it: relative where it lies below the current folder."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):  # it lies elsewhere, or the current folder is gone
        return str(path)


def _given(path: Path) -> Path:
    report = Report()
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        report.add("missing-file", Place(printable(path)), f"no such pack: {reason(error)}")
        raise PackError(report.problems) from None
    if path.name == PACK_FILE and stat.S_ISREG(mode):
        return path.parent
    if not stat.S_ISDIR(mode):
        report.add("missing-file", Place(printable(path)), "a pack is a folder with a pack.yaml, and this is a file")
    elif not os.path.lexists(path / PACK_FILE):
        report.add("missing-file", Place(printable(path)), "no pack here: this folder has no pack.yaml")
    if report.problems:
        raise PackError(report.problems)
    return path


def fingerprint(root: Path) -> str:
    """Return the SHA-256 of the names and bytes of all files of the pack, in hexadecimal.

    Those are `pack.yaml`, `logo.png`, `intents/*.yaml`, `intents/calibration.json`, `answers/*.yaml` and `tables/*`;
    whatever else lies in the folder counts for nothing. It tells whether a file was touched; what the
    pack says is in the two digests of `dimchat.pack.digest`.

    Raises:
        PackError: A file cannot be read.
    """
    report = Report()
    contents = read_all(root, names_of(root, report), report)
    # A misnamed file is no part of the pack; the loader says so, and the fingerprint goes without it.
    unread = [problem for problem in report.problems if problem.rule != "file-name"]
    if unread:
        raise PackError(unread)
    return fingerprint_of(contents)


def fingerprint_of(contents: dict[str, bytes]) -> str:
    """Return the fingerprint of these files, whatever their order."""
    total = hashlib.sha256()
    for name in sorted(contents):
        # The lengths keep a name from running over into the bytes of its file.
        encoded = os.fsencode(name)
        total.update(f"{len(encoded)} {len(contents[name])}\n".encode())
        total.update(encoded)
        total.update(contents[name])
    return total.hexdigest()


def learnt_from(contents: Mapping[str, bytes]) -> str:
    """Return the fingerprint of the files among these that say what is learnt, by which rules, and for which rows."""
    return fingerprint_of(
        {name: data for name, data in contents.items() if name == PACK_FILE or name.startswith(_LEARNT)}
    )


def learnt_bytes(root: Path) -> str:
    """Return `learnt_from` of the files in a folder, as far as they can be read."""
    report = Report()
    names = [name for name in names_of(root, report) if name == PACK_FILE or name.startswith(_LEARNT)]
    return learnt_from(read_all(root, names, report))


def names_of(root: Path, report: Report) -> list[str]:
    """Return the names of the files of a pack, relative to its root, and report those that are missing or misnamed."""
    names = [PACK_FILE]
    for folder in FOLDERS:
        names += _listed(root, folder, report)
        for code in _languages(root, folder):
            names += _listed(root, f"{folder}/{code}", report)
    if os.path.lexists(root / TABLES):
        names += _listed(root, TABLES, report)
    if os.path.lexists(root / LOGO):
        names.append(LOGO)
    return few_enough(names, Place(PACK_FILE), report)


def _languages(root: Path, folder: str) -> list[str]:
    """Return the folders within one that are named as a language is."""
    try:
        found = sorted(path.name for path in (root / folder).iterdir() if path.is_dir())
    except OSError:
        return []  # which was reported where its files were listed
    return [name for name in found if _LANGUAGE.fullmatch(name)]


def copy_pack(source: Path, target: Path, *more: str) -> None:
    """Copy `pack.yaml`, the logo and the folders that a pack has, with these others, to a folder, which may be there.

    Raises:
        OSError: Something cannot be read or written.
    """
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source / PACK_FILE, target / PACK_FILE)
    if (source / LOGO).is_file():
        shutil.copy2(source / LOGO, target / LOGO)
    for name in (*FOLDERS, TABLES, *more):
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)


def few_enough(files: list[Name], place: Place, report: Report) -> list[Name]:
    """Return the files, or where there are too many the first ones, and report that.

    Args:
        files: Of a pack, or of its cases.
        place: Where to say that there are too many.
        report: Where to say it.
    """
    if len(files) > LIMIT_FILES:
        report.add("too-many-files", place, f"{len(files):,} files belong to it, more than {LIMIT_FILES:,}")
    return files[:LIMIT_FILES]


def _listed(root: Path, folder: str, report: Report) -> list[str]:
    if not stays_in(root / folder, root):
        report.add("link-outside", Place(f"{folder}/"), _OUTSIDE)
        return []
    try:
        found = sorted(path.name for path in (root / folder).iterdir())
    except FileNotFoundError:
        report.add("missing-file", Place(f"{folder}/"), f"the pack has no folder {folder}/")
        return []
    except OSError as error:
        report.add("unreadable", Place(f"{folder}/"), f"cannot be read: {reason(error)}")
        return []
    names = []
    for name in found:
        stem, dot, ending = name.rpartition(".")
        full = f"{folder}/{name}"
        if name.startswith(".") or not dot:
            continue
        endings = ("yaml", "csv") if folder == TABLES else ("yaml",)
        calibration = name == "calibration.json" and folder.startswith("intents")
        if calibration or (ending in endings and _STEM.fullmatch(stem)):
            names.append(full)
        elif ending.lower() in (*endings, "yml"):
            meant = re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_")
            kind = "csv" if ending.lower() == "csv" else "yaml"
            hint = f"{folder}/{meant}.{kind}" if _STEM.fullmatch(meant) else None
            report.add(
                "file-name", Place(printable(full)), f"a file of the pack is named STEM.{kind}, in lower case", hint
            )
    return names


def read_all(root: Path, names: Iterable[str], report: Report) -> dict[str, bytes]:
    """Return what the files of these names hold; those that cannot be read are reported and left out."""
    contents = {}
    room = LIMIT_ALL
    for name in names:
        data = read_bytes(root / name, name, report, within=root)
        if data is not None:
            contents[name] = data
            room -= len(data)
        if room < 0:
            report.add("too-big", Place(PACK_FILE), f"all files together are larger than {_mebibytes(LIMIT_ALL)}")
            break
    return contents


def read_bytes(path: Path, name: str, report: Report, *, within: Path | None = None) -> bytes | None:
    """Return what a file holds, or None when it cannot be read, which is reported.

    Args:
        path: The file.
        name: What to call it in the report.
        report: Where to say what is wrong.
        within: The folder that no link may lead out of; None where whoever asks has looked at that.
    """
    place = Place(printable(name))
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            report.add("unreadable", place, f"this is {_kind(mode)}, not a file")
            return None
        if within is not None and not stays_in(path, within):
            report.add("link-outside", place, _OUTSIDE)
            return None
        data = disk.read(os.path.realpath(path) if path.is_symlink() else path, LIMIT)
    except FileNotFoundError:
        linked = path.is_symlink()
        report.add("unreadable" if linked else "missing-file", place, "a link to nothing" if linked else "no such file")
    except (OSError, ValueError) as error:
        report.add("unreadable", place, f"cannot be read: {reason(error)}")
    else:
        if data is None:
            report.add("too-big", place, f"larger than {_mebibytes(LIMIT)}")
        return data
    return None


def read_node(path: Path, name: str, report: Report, *, within: Path | None = None) -> Node | None:
    """Return the tree of a YAML file, or None when there is none to go on with, which is reported.

    Args:
        path: The file.
        name: What to call it in places and problems.
        report: Where to say what is wrong.
        within: The folder that no link may lead out of; None where whoever asks has looked at that.
    """
    from dimchat.files.yaml import parse  # noqa: PLC0415 - who looks for the index alone needs no YAML

    data = read_bytes(path, name, report, within=within)
    return None if data is None else parse(data, name, report)


def _mebibytes(count: int) -> str:
    return f"{count // (1024 * 1024)} MiB"


def _kind(mode: int) -> str:
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    return next((name for test, name in kinds if test(mode)), "a device")
