from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import threadpoolctl
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.errors import IndexFileError
from dimchat.files import container
from dimchat.match.encoder import (
    FILE,
    GRID,
    KIND,
    LEVEL,
    MOST,
    MOST_PIECES,
    SIZE,
    STEPS,
    Encoder,
    alike,
    digest,
    encoder,
    one_thread,
)
from dimchat.match.pieces import Vocabulary, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUESTIONS = (
    "how much does it pay",
    "what is the salary",
    "do i need a degree for this",
    "which schooling is required",
    "is it stressful",
    "CT",
    "",
    "I have been a technologist for nine years and nights are hard with two kids: does a manager work fewer weekends",
)
VECTORS = "03c7137f17aebf9a4262436342ed5cdef19d321d60114d4200801be320a2194e"
"""The SHA-256 of the vectors of `QUESTIONS`, on every machine."""


def meant(*texts: str) -> NDArray[np.int8]:
    return encoder().encode(texts)


def likeness(one: str, other: str) -> float:
    return float(alike(meant(one), meant(other))[0, 0])


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("how much does it pay", "what is the salary", "is it stressful"),
        ("do i need a degree", "which schooling is required", "what hours would i work"),
        ("who is my boss", "whom would I report to", "what does the exam cost"),
    ],
)
def test_texts_that_mean_the_same_are_more_alike_than_others(one: str, other: str, far: str) -> None:
    assert likeness(one, other) > likeness(one, far) + 0.15


def test_vectors_are_the_same_on_every_machine() -> None:
    assert hashlib.sha256(meant(*QUESTIONS).tobytes()).hexdigest() == VECTORS


@pytest.mark.parametrize(
    "variables",
    [
        {"OMP_NUM_THREADS": "1"},
        {"OMP_NUM_THREADS": "2"},
        {"OPENBLAS_CORETYPE": "Prescott"},
        {"OPENBLAS_CORETYPE": "Haswell"},
    ],
    ids=str,
)
def test_vectors_hang_neither_on_threads_nor_on_the_kind_of_processor(variables: dict[str, str]) -> None:
    code = (
        "import sys, hashlib; from dimchat.match.encoder import encoder; "
        "print(hashlib.sha256(encoder().encode(sys.argv[1:]).tobytes()).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", code, *QUESTIONS],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == VECTORS


@given(st.lists(st.sampled_from(QUESTIONS) | st.text(max_size=30), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_a_text_has_one_vector_alone_and_among_others(texts: list[str]) -> None:
    together = meant(*texts)
    assert together.shape == (len(texts), SIZE)
    for text, vector in zip(texts, together, strict=True):
        assert np.array_equal(meant(text)[0], vector)


@given(st.text())
@settings(max_examples=50, deadline=None)
def test_any_text_has_a_vector(text: str) -> None:
    vector = meant(text)[0].astype(int)
    assert np.abs(vector).max() == LEVEL


def test_lone_surrogates_and_endless_texts_have_vectors_too() -> None:
    assert meant("what\ud800 pay", "pay " * 5000, "x" * 100_000).shape == (3, SIZE)


def test_a_text_is_read_up_to_so_many_pieces() -> None:
    assert np.array_equal(*meant("pay " * (MOST_PIECES - 2), "pay " * (MOST_PIECES - 2) + "and the zebra"))


def test_no_texts_have_no_vectors() -> None:
    assert meant().shape == (0, SIZE)


@pytest.mark.parametrize(
    "written", ["how much does it pay?", "How much does it PAY ??", "h\u00f3w much does it pay \uff1f"]
)
def test_closing_question_marks_case_and_accents_make_no_difference(written: str) -> None:
    assert np.array_equal(*meant("how much does it pay", written))


def test_it_tells_how_many_texts_are_done() -> None:
    told: list[int] = []
    encoder().encode(["pay"] * 300 + ["what is the salary"], told.append)
    assert told == sorted(told)
    assert told[-1] == 301


def test_a_vector_is_like_itself() -> None:
    own = meant(*QUESTIONS[:4])
    assert np.diag(alike(own, own)) == pytest.approx(1)
    assert np.array_equal(alike(own, own)[:1], alike(own[:1], own))


def test_no_sum_leaves_the_range_in_which_floats_are_exact() -> None:
    assert SIZE * STEPS * LEVEL < 2**24
    assert SIZE * (GRID * MOST) ** 2 < 2**53


def test_the_file_is_mapped_and_not_read() -> None:
    maps = Path("/proc/self/maps")
    if not maps.exists():
        pytest.skip("no /proc here")
    encoder()
    assert any(line.endswith("/encoder.bin") and " r--" in line for line in maps.read_text().splitlines())


def test_the_file_is_the_one_that_was_made() -> None:
    data = FILE.read_bytes()
    assert len(data) <= 17_000_000
    assert hashlib.sha256(data).hexdigest() == "f8b4a1401f10931c34dc7757cd3d5303780541eb39201ea4a42df9123259db2e"
    assert digest() == f"{container.checksum(data):08x}-{len(data)}"


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    data = bytearray(FILE.read_bytes())
    data[5_000_000] ^= 1
    damaged = tmp_path / "encoder.bin"
    damaged.write_bytes(data)
    with pytest.raises(IndexFileError, match="checksum"):
        Encoder.load(damaged)


@pytest.mark.parametrize("data", [b"", b"short", b"x" * 1000])
def test_what_is_no_encoder_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "encoder.bin"
    file.write_bytes(data)
    with pytest.raises(IndexFileError):
        Encoder.load(file)


@pytest.mark.parametrize("change", ["missing", "narrow", "more pieces"])
def test_parts_that_do_not_fit_are_refused(tmp_path: Path, change: str) -> None:
    _, arrays = container.read(KIND, FILE.read_bytes())
    if change == "missing":
        del arrays["phi"]
    elif change == "narrow":
        arrays["biases"] = arrays["biases"][:, :SIZE]
    else:
        arrays["letters"] = np.append(arrays["letters"], np.frombuffer(b"\nmore", np.uint8))
    file = tmp_path / "encoder.bin"
    file.write_bytes(container.write(KIND, {}, arrays))
    with pytest.raises(IndexFileError, match="fit together"):
        Encoder.load(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="cannot be read"):
        Encoder.load(tmp_path / "none")
    with pytest.raises(IndexFileError, match="cannot be read"):
        digest(tmp_path / "none")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What's a CT/MRI tech?", ["what", "'", "s", "a", "ct", "/", "mri", "tech"]),
        ("caf\u00e9 Z\u00dcRICH ???", ["cafe", "zurich"]),
        ("a\u4e2db", ["a", "\u4e2d", "b"]),
        ("pay\u2013benefits\x00 now", ["pay", "\u2013", "benefits", "now"]),
        (" \n?", []),
    ],
)
def test_words_and_marks_stand_apart(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pay", [1, 3, 2]),
        ("payed", [1, 3, 4, 2]),
        ("payroll", [1, 0, 2]),
        ("paypay edpay", [1, 0, 0, 2]),
        ("pay " * 9, [1, 3, 3, 3, 3, 2]),
        ("x" * 200, [1, 0, 2]),
    ],
)
def test_a_word_is_taken_apart_into_the_longest_pieces(text: str, found: list[int]) -> None:
    vocabulary = Vocabulary(b"[UNK]\n[CLS]\n[SEP]\npay\n##ed\np")
    for _ in range(9):  # sought at first, later looked up
        assert vocabulary.read(text, 6) == found
        vocabulary._memory.clear()  # noqa: SLF001 - as if there were many other words


def test_common_words_are_known_and_slips_are_not() -> None:
    known = ("salary", "cancel", "fridge", "mri")
    assert [word for word in (*known, "salaray", "cancle") if encoder().knows(word)] == list(known)


def test_products_take_one_thread_whatever_program_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    pools = threadpoolctl.ThreadpoolController()

    def threads() -> set[int]:
        return {pool["num_threads"] for pool in pools.info() if pool["user_api"] == "blas"}

    before = threads()
    with one_thread():
        assert threads() <= {1}
    assert threads() == before
