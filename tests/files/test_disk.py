from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from dimchat.files import disk

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(os.name != "posix", reason="modes and links are those of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize(("umask", "wanted"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_gets_what_the_umask_leaves(tmp_path: Path, umask: int, wanted: int) -> None:
    before = os.umask(umask)
    try:
        disk.write(tmp_path / "new", b"x")
    finally:
        os.umask(before)
    assert mode(tmp_path / "new") == wanted


@posix
@pytest.mark.parametrize("before", [0o600, 0o640, 0o755, 0o666])
def test_a_file_keeps_its_mode(tmp_path: Path, before: int) -> None:
    file = tmp_path / "old"
    file.write_bytes(b"old")
    file.chmod(before)
    disk.write(file, b"new")
    assert (mode(file), file.read_bytes()) == (before, b"new")


@posix
def test_a_named_mode_wins(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"old")
    file.chmod(0o644)
    disk.write(file, b"new", mode=disk.PRIVATE)
    assert mode(file) == 0o600


@posix
def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to("target")
    disk.write(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_what_was_there_stays_where_writing_fails(tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / "inside").write_bytes(b"old")
    with pytest.raises(OSError, match="taken"):
        disk.write(folder, b"new")
    assert [path.name for path in tmp_path.rglob("*")] == ["taken", "inside"]


def test_a_missing_folder_is_an_error_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        disk.write(tmp_path / "none" / "file", b"x")
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    disk.write(pipe, b"new")
    assert os.read(reader, 9) == b"new"
    os.close(reader)
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
