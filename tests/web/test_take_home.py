"""The codes to take along are read as a telephone reads them, by a library of another maker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.index import open_assistant
from dimchat.web.visitor import take_home
from dimchat.web.visitor.take_home import codes_of, parted, pieces
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from dimchat.model import Reply

zxing: Any = pytest.importorskip("zxingcpp", reason="needs zxing-cpp (the extra test)")
WORDS = catalogue_of("en")


def read(text: str) -> str:
    """Draw a code as the page does, four pixels a module, and return what a reader finds."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    rows = np.array([list(row) for row in code.matrix_iter(scale=4, border=take_home.QUIET)], dtype=np.uint8)
    (found,) = zxing.read_barcodes((1 - rows) * 255)
    return str(found.text)


@pytest.fixture(scope="module")
def replies() -> dict[str, Reply]:
    assistant = open_assistant()
    texts = ("what degree do I need", "how much does a manager earn", "what is the CRA")
    return {text: assistant.ask(text)[0] for text in texts}


@pytest.mark.parametrize("text", ["what degree do I need", "how much does a manager earn", "what is the CRA"])
@pytest.mark.parametrize("whole", [False, True])
def test_what_a_telephone_reads_is_the_answer_with_its_sources(
    replies: dict[str, Reply], text: str, *, whole: bool
) -> None:
    reply = replies[text]
    first, *rest = codes_of(reply, reply.titles[0], WORDS, whole=whole)
    assert first.text in {citation.url for citation in reply.citations}
    assert 1 <= len(rest) <= take_home.MOST
    assert [read(code.text) for code in (first, *rest)] == [first.text, *(code.text for code in rest)]
    told = " ".join(line for code in rest for line in code.text.split("\n") if line not in ("1/2", "2/2"))
    short, long = (" ".join(pieces(reply, reply.titles[0], WORDS, whole=each)) for each in (False, True))
    assert told in (short, long)
    assert "Source [1]: " in told
    assert "**" not in told


def test_most_answers_of_the_pack_can_be_taken_along_in_their_own_words() -> None:
    assistant = open_assistant()
    asked = assistant.pack.browsable[::12]
    codes = [codes_of(assistant.ask(one.title)[0], one.title, WORDS, whole=False) for one in asked]
    assert sum(
        any(code.text.startswith((one.title, "1/2")) for code in each) for one, each in zip(asked, codes, strict=True)
    ) >= 0.9 * len(asked)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300), max_size=8))
def test_pieces_are_never_cut_and_never_lost(told: list[str]) -> None:
    texts = parted(told)
    if not texts:
        assert len("\n".join(told).encode()) > 600
        return
    lines = [text if len(texts) == 1 else text.split("\n", 1)[1] for text in texts]
    assert "\n".join(lines) == "\n".join(told)
    assert all(take_home.fits(text) for text in texts)


def test_a_code_is_dark_on_light_and_without_style() -> None:
    image = take_home.image_of("a")
    assert image is not None
    assert 'fill="#fff"' in image
    assert 'stroke="#000"' in image
    assert "style" not in image
    assert take_home.image_of("x" * 3000) is None
