"""A pack as it was in a git revision, read from git's objects: no checkout, nothing of the user's is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from dimchat.errors import UsageError
from dimchat.files import python
from dimchat.pack.folder import FOLDERS, LIMIT, LIMIT_ALL, LIMIT_FILES, LOGO, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS = tuple(f"{name}/" for name in (*FOLDERS, TABLES))
_CASES = ("tests/cases/", ".yaml")
_FILES = frozenset({"100644", "100755"})
_LINK = "120000"


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Path]:
    """Make a folder with a pack's files as they were in a git revision, for as long as it is needed.

    Raises:
        UsageError: There is no git, no repository, no such revision, or no pack in it.
    """
    if revision.startswith("-"):
        raise UsageError(f"{revision!r} is no git revision")
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", what=revision)
    prefix = os.fsdecode(_git(root, "rev-parse", "--show-prefix", what=revision).removesuffix(b"\n"))
    tree = f"{commit.decode().strip()}:{prefix}"
    blobs = _blobs(revision, _git(root, "ls-tree", "-r", "-l", "-z", "--full-tree", tree, what=revision))
    if "pack.yaml" not in blobs:
        raise UsageError(f"revision {revision!r} has no pack.yaml in {prefix or 'its root'}")
    with tempfile.TemporaryDirectory(prefix="dimchat-") as folder:
        target = Path(folder)
        for name, data in _contents(root, blobs):
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield target


def _blobs(revision: str, listing: bytes) -> dict[str, str]:
    """Return the object of each file that belongs to a pack or its cases.

    Raises:
        UsageError: There are more of them, or larger ones, than a pack may have, or one is a link.
    """
    found = {}
    room = LIMIT_ALL
    for entry in filter(None, listing.split(b"\0")):
        head, _, name = entry.partition(b"\t")
        mode, _, object_id, size = head.decode().split()
        path = os.fsdecode(name)
        case = path.startswith(_CASES[0]) and path.endswith(_CASES[1])
        wanted = path in ("pack.yaml", LOGO) or path.startswith(_FOLDERS) or case
        if not wanted or ".." in PurePosixPath(path).parts:
            continue
        if mode == _LINK and PurePosixPath(path).suffix:
            raise UsageError(f"{path} is a link in revision {revision!r}: put what it leads to there, as a file")
        if mode in _FILES:
            if not size.isdigit():
                raise UsageError(f"{path} of revision {revision!r} is not in this repository: fetch it first")
            found[path] = object_id
            room -= int(size)
            if int(size) > LIMIT or room < 0 or len(found) > 2 * LIMIT_FILES:
                raise UsageError(f"{path} in revision {revision!r} is more than a pack may hold: see docs/packs.md")
    return found


def _contents(root: Path, blobs: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    data = _git(root, "cat-file", "--batch", what="objects", given="\n".join(blobs.values()).encode())
    at = 0
    for name in blobs:
        end = data.index(b"\n", at)
        size = int(data[at:end].rpartition(b" ")[2])
        yield name, data[end + 1 : end + 1 + size]
        at = end + size + 2


def _git(root: Path, *arguments: str, what: str, given: bytes | None = None) -> bytes:
    git = shutil.which("git")
    if git is None:
        raise UsageError(f"to compare with the revision {what!r}, git is needed, and it is not here")
    # What GIT_DIR and its like name is another repository; what a partial clone lacks would be asked of a server; and
    # what is told begins the same in any language.
    done = subprocess.run(  # noqa: S603 - arguments are a list, and none of the user's can be read as an option
        [git, "-C", str(root.absolute()), *arguments],
        input=given,
        env=python.environment(LC_ALL="C", GIT_NO_LAZY_FETCH="1"),
        cwd=python.FOLDER,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise UsageError(
            f"{what!r} is no folder of a pack, no baseline and no git revision here" + (f": {said}" if said else "")
        )
    return done.stdout
