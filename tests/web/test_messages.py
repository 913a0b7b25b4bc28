from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.web.messages import HEIGHTS, WIDTHS, Focused, Pinged, Resized, Stayed, Typed, fitting, read

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
KINDS = st.sampled_from(["stdin", "resize", "ping", "focus", "blur", "stay", "open_url"])


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (["stdin", "a\r"], Typed(b"a\r")),
        (["stdin", "\ud800"], Typed(b"?")),
        (["resize", {"width": 100, "height": 30}], Resized(100, 30)),
        (["resize", {"width": 10**9, "height": -1}], Resized(500, 8)),
        (["ping", "17"], Pinged("17")),
        (["focus"], Focused(focused=True)),
        (["blur"], Focused(focused=False)),
        (["stay"], Stayed()),
        (["stdin", 5], None),
        (["stdin"], None),
        (["resize", {"width": "wide"}], None),
        (["deliver_file"], None),
        ({"stdin": "a"}, None),
        ([], None),
    ],
    ids=str,
)
def test_a_message_is_read_or_left(said: Any, message: object) -> None:
    assert read(json.dumps(said)) == message


@pytest.mark.parametrize("text", ["", "nonsense", "[" * 100_000, '["stdin"', "NaN"])
def test_what_is_no_json_says_nothing(text: str) -> None:
    assert read(text) is None


@given(st.text() | JSON.map(json.dumps) | st.tuples(KINDS, JSON).map(json.dumps))
def test_no_text_does_harm(text: str) -> None:
    message = read(text)
    if isinstance(message, Resized):
        assert message.width in WIDTHS
        assert message.height in HEIGHTS


@given(st.integers(), st.integers())
def test_a_screen_fits_within_bounds(width: int, height: int) -> None:
    fitted = fitting(width, height)
    assert fitted[0] in WIDTHS
    assert fitted[1] in HEIGHTS
    assert fitting(*fitted) == fitted
