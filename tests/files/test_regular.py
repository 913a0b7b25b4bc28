from __future__ import annotations

import os
from pathlib import Path

import pytest

from dimchat.files import disk


def test_a_file_is_read_up_to_what_is_wanted(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    assert disk.read(file, 5) == b"12345"
    assert disk.read(file, 4) is None
    assert disk.read(file, 1 << 60) == b"12345", "what may be read takes no room, what is read does"


def test_what_is_no_file_is_an_error_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")  # without a writer, it would be waited for
    (tmp_path / "link").symlink_to("pipe")
    for path in (tmp_path / "pipe", tmp_path / "link", tmp_path, tmp_path / "nothing", Path("/dev/zero")):
        with pytest.raises(OSError, match=r"."):
            disk.read(path, 1)
