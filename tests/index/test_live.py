from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.apps.base.session import Session
from dimchat.index.live import Live
from dimchat.model import Context

if TYPE_CHECKING:
    from pathlib import Path


def edit(pack: Path, name: str, old: str, new: str) -> None:
    file = pack / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def live(toy: Path) -> Live:
    return Live(toy)


def said(live: Live, question: str) -> str:
    return live.ask(question, Context())[0].text or ""


def test_files_that_nobody_touched_are_not_read_again(live: Live) -> None:
    assert live.renewed() is None


def test_an_edit_is_answered_from_once_the_files_are_looked_at(live: Live, toy: Path) -> None:
    edit(toy, "answers/shop.yaml", "nine", "ten")
    assert "ten" not in said(live, "opening hours")
    found = live.renewed()
    assert found is not None
    assert found.problems == ()
    assert "ten" in said(live, "opening hours")
    assert live.renewed() is None


def test_a_phrase_is_learnt(live: Live, toy: Path) -> None:
    edit(toy, "intents/shop.yaml", "return policy", "quuxly frobnicate")
    live.renewed()
    assert live.ask("quuxly frobnicate", Context())[0].intents == ("shop.returns",)


def test_what_no_reply_shows_renews_nothing(live: Live, toy: Path) -> None:
    edit(toy, "answers/shop.yaml", "- id: shop.hours", "# a comment\n- id: shop.hours")
    assert live.renewed() is None


def test_a_broken_edit_is_told_once_and_the_pack_stays(live: Live, toy: Path) -> None:
    before = live.pack
    edit(toy, "answers/shop.yaml", "short:", "shrt:")
    found = live.renewed()
    assert found is not None
    assert found.pack is before is live.pack
    assert any(str(one).startswith("answers/shop.yaml:2:3: unknown key 'shrt'") for one in found.problems)
    assert live.renewed() is None
    edit(toy, "answers/shop.yaml", "shrt:", "short:")
    assert live.renewed() is None


def test_a_conversation_says_that_the_pack_was_read_again_before_the_next_question(live: Live, toy: Path) -> None:
    session = Session(live.pack, live, lambda: 0.0)
    session.say("opening hours")
    assert session.told == ""
    edit(toy, "answers/shop.yaml", "nine", "ten")
    assert "ten" in (session.say("opening hours").reply.text or "")
    assert session.told == "(The pack was read again.)"
    edit(toy, "answers/shop.yaml", "text:", "txt:")
    session.say("opening hours")
    assert session.told.startswith("(The pack stays as it was. answers/shop.yaml:")
    session.say("opening hours")
    assert session.told == ""


def test_what_an_edit_takes_away_is_leant_on_no_more(live: Live, toy: Path) -> None:
    session = Session(live.pack, live, lambda: 0.0)
    session.say("opening hours")
    session.say("return policy")
    for name in ("intents/shop.yaml", "answers/shop.yaml"):
        text = (toy / name).read_text(encoding="utf-8")
        (toy / name).write_text(text.partition("- id: shop.returns")[0], encoding="utf-8")
    edit(toy, "intents/shop.yaml", "  next:\n    - shop.returns\n", "")
    turn = session.say("more")
    assert session.told == "(The pack was read again.)"
    assert "shop.returns" not in (*session.context.answered, *session.context.last, *turn.reply.intents)
    assert [one.said for one in session.turns] == ["opening hours", "more"]
    session.pick("shop.returns", "How do I return a toy?")
    session.again(session.turns[0])
