"""Whom answers are for: a row of the welcome and a command, and none where it makes no difference."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dimchat.model import Variant

if TYPE_CHECKING:
    from dimchat.model import Pack


async def test_a_reader_is_chosen_by_a_row_or_a_command(chat: Any, pack: Pack, assistant: Any) -> None:
    first = pack.answers[0]._replace(variants=(Variant("employer", "s", "t"),))
    addressed = replace(pack, answers=(first, *pack.answers[1:]), readers=(("employer", "employers"),))
    async with chat(opener=lambda: (addressed, assistant)) as talk:
        assert talk.rows[-1] == ("5", "Answers for employers")
        await talk.say("5")
        await talk.say("what degree")
        assert assistant.asked[-1][1].reader == "employer"
        await talk.say("/topics")
        assert [label for _, label in talk.rows[-2:]] == ["Answers for employers", "Answers for everyone"]
        await talk.say("/for everyone")
        await talk.say("what degree")
        assert assistant.asked[-1][1].reader is None


async def test_without_variants_nobody_is_asked_who_they_are(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        assert not any("Answers for" in label for _, label in talk.rows)
        await talk.say("/for employer")
        await talk.say("what degree")
        assert assistant.asked[-1][1].reader is None
