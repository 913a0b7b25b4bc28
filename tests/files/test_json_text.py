from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.files.json_text import dumps, loads

TEXT = st.text(st.characters(codec=None))
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def refuse(name: str) -> None:
    raise AssertionError(name)


@given(ANY)
def test_any_data_is_one_line_that_any_reader_takes(value: Any) -> None:
    text = dumps(value)
    assert len(text.splitlines()) == 1
    json.loads(text.encode(), parse_constant=refuse)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in text)


@given(st.recursive(st.text() | st.floats(allow_nan=False, allow_infinity=False), st.lists))
def test_what_json_can_say_comes_back(value: Any) -> None:
    assert loads(dumps(value)) == value


def test_what_is_no_number_is_null_and_half_a_pair_a_sign() -> None:
    value = {"a": [math.inf, -math.inf, math.nan, (1.5,)], "b": "\ud800", "\udfff": 1}
    assert json.loads(dumps(value)) == {"a": [None, None, None, [1.5]], "b": "\ufffd", "\ufffd": 1}


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x1c", "\x1d", "\x1e", "\v", "\f", "\x9b", "\u202e"])
def test_what_ends_a_line_or_moves_a_cursor_is_escaped(sign: str) -> None:
    assert dumps([sign]) == f'["{json.dumps(sign)[1:-1]}"]'


@pytest.mark.parametrize("text", ["Infinity", "-Infinity", "NaN", '{"id": 1e999}', "[-1e999]", "{", "9" * 5000])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        loads(text)
