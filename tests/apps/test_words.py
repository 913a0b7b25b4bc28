"""What a pack says of itself, and what the chat says where it says nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.model import Words

if TYPE_CHECKING:
    from dimchat.model import Pack

OWN = Words("Welcome to the car park.", (), "Ask about parking", "Ask about tickets [times].")


@pytest.fixture(params=[OWN, Words()], ids=["own", "none"])
def pack(request: pytest.FixtureRequest, pack: Pack) -> Pack:
    return replace(pack, title="How to park", words=request.param)


async def test_the_chat_greets_prompts_and_helps_in_the_words_of_the_pack(chat: Any, pack: Pack) -> None:
    async with chat((80, 24)) as talk:
        shown = talk.shown
        assert (pack.words.welcome or "This is “How to park”. Ask me what you would like to know.") in shown
        assert (pack.words.prompt or "Ask a question, or type a number") in shown
        assert "a How to park" not in shown
        await talk.press("f1")
        assert (OWN.help in talk.shown) == bool(pack.words.help)
