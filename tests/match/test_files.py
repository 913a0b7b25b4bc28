from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.errors import IndexFileError
from dimchat.files import container, disk
from dimchat.match import Matcher
from dimchat.model import Calibration

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = ["manager sallary", "ultrasound tech paycheck please", "weather", "why", "zzz", ""]


def test_a_saved_matcher_ranks_the_same(matcher: Matcher, tmp_path: Path) -> None:
    file = tmp_path / "matcher.index"
    calibrated = matcher.with_calibration(
        Calibration(0.7, 0.1, (-1.0, 2.0, 3.0, 1.0, 0.5, 0.0, 0.1, 0.0, 0.2, 0.3), "d", (("folds", "5"),))
    )
    calibrated.save(file)
    loaded = Matcher.load(file)
    assert loaded.calibration == calibrated.calibration
    assert loaded.intents == calibrated.intents
    assert [loaded.rank(text) for text in QUESTIONS] == [calibrated.rank(text) for text in QUESTIONS]
    assert [path.name for path in tmp_path.iterdir()] == ["matcher.index"]


def test_a_matcher_can_be_sent_to_another_process(matcher: Matcher) -> None:
    sent = pickle.loads(pickle.dumps(matcher))  # noqa: S301 - our own
    assert [sent.rank(text) for text in QUESTIONS] == [matcher.rank(text) for text in QUESTIONS]


def test_saving_a_loaded_matcher_gives_the_same_bytes(matcher: Matcher) -> None:
    data = matcher.to_bytes()
    assert Matcher.from_bytes(data).to_bytes() == data


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_one_changed_byte_is_noticed(matcher: Matcher, data: st.DataObject) -> None:
    whole = bytearray(matcher.to_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(IndexFileError):
        Matcher.from_bytes(bytes(whole))


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_cut_file_is_noticed(matcher: Matcher, share: float) -> None:
    whole = matcher.to_bytes()
    with pytest.raises(IndexFileError):
        Matcher.from_bytes(whole[: int(share * len(whole))])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80\x04\x95",
        b"PK\x03\x04" + bytes(100),
        container.write("other", {}, {}),
        container.write("matcher", {}, {}),
        container.write("matcher", {"reader": 1}, {"keys": np.zeros(3, np.int64)}),
    ],
)
def test_foreign_data_is_refused(data: bytes) -> None:
    with pytest.raises(IndexFileError):
        Matcher.from_bytes(data)


def test_parts_that_do_not_fit_together_are_refused(matcher: Matcher) -> None:
    small, arrays = container.read("matcher", matcher.to_bytes())
    data = container.write("matcher", small, {**arrays, "scale": arrays["scale"][1:]})
    with pytest.raises(IndexFileError):
        Matcher.from_bytes(data)


def test_another_format_says_so(monkeypatch: pytest.MonkeyPatch, matcher: Matcher) -> None:
    data = matcher.to_bytes()
    written = container.FORMAT
    monkeypatch.setattr(container, "FORMAT", 99)
    with pytest.raises(IndexFileError, match=f"format {written}, this version reads 99"):
        Matcher.from_bytes(data)


def test_a_missing_file_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError):
        Matcher.load(tmp_path / "none")


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="taken"):
        disk.write(target, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
