"""What is marked as ours says so in words, in every shape of a reply."""

from __future__ import annotations

from datetime import date

import pytest

from dimchat.apps.base.reply_lines import answer_lines
from dimchat.dialogue.respond.telling import cited
from dimchat.model import Answer, Pack, Reply, Source, Vocabulary
from dimchat.render import to_json, to_markdown, to_plain
from dimchat.wording import catalogue_of

ANSWER = Answer(
    "manager.time",
    "It takes [about ten years]{.estimate}.",
    "Two of them are school. [@guide]\n\n[Ask your own manager early.]{.advice}",
)
PACK = Pack(
    "demo", "Demo", "1", "en", "", None, (), (), (ANSWER,), (), (Source("guide", "book", "A guide"),), (), Vocabulary()
)
SHORT, TEXT, CITATIONS = cited(PACK, (ANSWER,))
REPLY = Reply("how long?", "answer", ("manager.time",), short=SHORT, text=TEXT, citations=CITATIONS)
SHAPES = {
    "plain": to_plain(REPLY, PACK),
    "markdown": to_markdown(REPLY, PACK),
    "json": to_json(REPLY, PACK),
    "screen": "\n".join(
        line.body.plain for line in answer_lines(REPLY, whole=True, today=date(2026, 11, 30), words=catalogue_of("en"))
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_says_what_is_ours(shape: str) -> None:
    assert "about ten years (our estimate)." in SHAPES[shape]
    assert "Ask your own manager early (our advice)." in SHAPES[shape]
    assert "{." not in SHAPES[shape]
