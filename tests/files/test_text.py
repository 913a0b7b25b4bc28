from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.files.text import decode


@given(st.text())
def test_with_or_without_a_mark_it_is_the_same_text(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


def test_what_is_not_utf8_says_where() -> None:
    with pytest.raises(UnicodeDecodeError) as caught:
        decode(b"\xef\xbb\xbfab\xff")
    assert caught.value.start == 2
