"""Rows on the faces: what is touched, kept on disk, and read line by line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from textual.containers import Grid

from dimchat.apps.base.session import Session
from dimchat.apps.chat.resume import SavedError, read_saved, to_json
from dimchat.apps.stand.stage import Said, widgets_of
from dimchat.render import to_plain
from dimchat.wording import catalogue_of

from .states import STATES, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.dialogue import Assistant

TODAY = date(2026, 11, 30)
WORDS = catalogue_of("en")


@pytest.fixture
def session(states: Assistant) -> Session:
    return Session(states.pack, states, lambda: 0.0)


@pytest.mark.parametrize(("title", "state"), [("Washington", "WA"), ("Washington D.C.", "DC")])
def test_a_choice_between_two_is_touched(session: Session, title: str, state: str) -> None:
    session.say("rad tech pay in washington")
    turn = session.pick("technologist.pay_by_state", title)
    assert (turn.said, [row["state"] for row in rows_of(turn.reply)]) == (title, [state])


@pytest.mark.parametrize("state", ["TX", "WA", "LA", "OR"])
def test_a_state_is_touched_after_the_overview(session: Session, state: str) -> None:
    reply = session.say("sonographer pay by state").reply
    title = STATES[state][0].split(", ")[0]
    assert title in {value.title for value in reply.values}
    turn = session.pick("sonographer.pay_by_state", title)
    assert rows_of(turn.reply) == [{"state": state, "job": "sonographer"}]
    assert turn.said == title


def test_numbers_still_pick_a_suggestion_after_the_overview(session: Session) -> None:
    first = session.say("sonographer pay by state").reply.suggestions[0]
    assert session.say("1").reply.intents == (first.intent,)


def test_the_stand_shows_the_states_to_touch(session: Session) -> None:
    view = Said(session.say("rad tech pay by state"))
    grids = [widget for widget in widgets_of(view, session, TODAY, WORDS) if isinstance(widget, Grid)]
    assert len(grids) == 1
    shown = Said(session.say("rad tech pay in texas"))
    assert not any(isinstance(widget, Grid) for widget in widgets_of(shown, session, TODAY, WORDS))


def test_a_conversation_comes_back_with_what_it_was_about(session: Session, states: Assistant, tmp_path: Path) -> None:
    session.say("rad tech pay in texas")
    session.say("sonographer pay in washington")
    file = tmp_path / "conversation.json"
    file.write_text(to_json(session), encoding="utf-8")
    again = Session(states.pack, states, lambda: 0.0)
    again.restore(read_saved(file, states.pack))
    assert again.context == session.context
    assert [row["state"] for row in rows_of(again.say("2").reply)] == ["WA"]


@pytest.mark.parametrize("slots", ['[["state", "TX"]]', '[["state"]]', '"TX"', '[[1, ["TX"]]]', '[["state", [1]]]'])
def test_slots_of_another_shape_are_a_damaged_file(
    session: Session, states: Assistant, tmp_path: Path, slots: str
) -> None:
    session.say("rad tech pay in texas")
    file = tmp_path / "conversation.json"
    file.write_text(to_json(session).replace('[["state", ["TX"]]]', slots), encoding="utf-8")
    assert slots in file.read_text("utf-8")
    with pytest.raises(SavedError):
        read_saved(file, states.pack)


def test_what_the_pack_no_longer_has_is_left_out(session: Session, states: Assistant, tmp_path: Path) -> None:
    session.say("rad tech pay in texas")
    file = tmp_path / "conversation.json"
    file.write_text(to_json(session).replace('["TX"]', '["ZZ"]'), encoding="utf-8")
    assert read_saved(file, states.pack).context.slots == ()


def test_a_list_of_rows_is_read_line_by_line(states: Assistant) -> None:
    reply, _ = states.ask("rad tech pay in the northwest")
    lines = to_plain(reply, states.pack).splitlines()
    assert "“northwest” here: Washington, Oregon and Idaho." in lines
    assert "  - Washington: $81,000 a year" in lines
    assert max(map(len, lines)) <= 76
