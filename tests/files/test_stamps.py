from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from dimchat.files.stamps import QUIET, Stamp, Touched, stamps

if TYPE_CHECKING:
    from pathlib import Path


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_file_is_told_once_it_has_come_to_rest(tmp_path: Path) -> None:
    file, clock = tmp_path / "a.yaml", Clock()
    file.write_text("a", encoding="utf-8")
    touched = Touched(lambda: stamps(tmp_path, ["a.yaml", "b.yaml"]), clock)
    assert touched.turn() == ()
    file.write_text("ab", encoding="utf-8")
    assert touched.turn() == ()
    clock.now += QUIET
    assert touched.turn() == ("a.yaml",)
    assert touched.turn() == ()


def test_a_file_that_is_written_in_steps_is_told_once(tmp_path: Path) -> None:
    file, clock = tmp_path / "a.yaml", Clock()
    touched = Touched(lambda: stamps(tmp_path, ["a.yaml"]), clock)
    for text in ("a", "ab", "abc"):
        file.write_text(text, encoding="utf-8")
        assert touched.turn() == ()
        clock.now += QUIET / 2
    clock.now += QUIET
    assert touched.turn() == ("a.yaml",)


def test_a_file_that_another_took_the_place_of_is_told_though_it_is_as_long_and_as_old(tmp_path: Path) -> None:
    file, clock = tmp_path / "a.yaml", Clock()
    file.write_text("one", encoding="utf-8")
    before = file.stat()
    touched = Touched(lambda: stamps(tmp_path, ["a.yaml"]), clock)
    other = tmp_path / ".a.swp"
    other.write_text("two", encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.rename(file)
    touched.turn()
    clock.now += QUIET
    assert touched.turn() == ("a.yaml",)


def test_files_that_come_and_go_are_told(tmp_path: Path) -> None:
    names, clock = ["a.yaml"], Clock()
    (tmp_path / "a.yaml").touch()
    touched = Touched(lambda: stamps(tmp_path, names), clock)
    (tmp_path / "a.yaml").unlink()
    (tmp_path / "b.yaml").touch()
    names[:] = ["b.yaml"]
    touched.turn()
    clock.now += QUIET
    assert touched.turn() == ("a.yaml", "b.yaml")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.floats(0, 2 * QUIET)), max_size=30))
def test_no_touch_is_ever_lost(steps: list[tuple[str, int, float]]) -> None:
    there: dict[str, Stamp | None] = {}
    clock = Clock()
    touched = Touched(lambda: dict(there), clock)
    told: dict[str, Stamp | None] = {}
    for name, size, seconds in steps:
        there[name] = Stamp(1, size, size, size) if size else None
        clock.now += seconds
        for one in touched.turn():
            told[one] = there.get(one)
    touched.turn()
    clock.now += 2 * QUIET
    for one in touched.turn():
        told[one] = there.get(one)
    assert {name: stamp for name, stamp in told.items() if stamp} == {
        name: stamp for name, stamp in there.items() if stamp
    }
