"""What the screen has, line by line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.apps.chat.commands import COMMANDS
from dimchat.cli.plain import ON_THE_SCREEN, PLAIN, Talk
from dimchat.index import open_assistant
from dimchat.model import Context, Reply
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.dialogue import Explanation

ASSISTANT = open_assistant()
PACK = ASSISTANT.pack
WORDS = catalogue_of("en")
DEGREE = "what degree do I need"


def talk() -> Talk:
    return Talk(PACK, ASSISTANT, lambda: date(2026, 11, 24))


def test_every_command_of_the_screen_is_there_but_those_that_are_for_a_screen() -> None:
    held = talk()
    assert {command.name for command in COMMANDS} == {command.name for command in PLAIN} | ON_THE_SCREEN
    helped = held.respond("/help")
    for command in PLAIN:
        assert f"/{command.name}" in helped
        assert hasattr(held, f"_do_{command.name.replace('-', '_')}")


def test_an_answer_is_short_until_more_is_asked_for() -> None:
    held = talk()
    short = held.respond(DEGREE)
    whole = held.respond("/more")
    assert short.endswith(WORDS("chat.plain.more"))
    assert "Master's degree." not in short
    assert "Master's degree." in whole
    assert short.count("https://") < whole.count("https://")


def test_sources_are_told_in_full_all_or_one() -> None:
    held = talk()
    assert held.respond("/sources") == WORDS("chat.no_sources")
    held.respond(DEGREE)
    assert held.respond("/sources 2").startswith("[2] ")
    assert "read on: 2026-" in held.respond("/sources [1]")
    assert held.respond("/sources 99") == WORDS("chat.sources_number", number="99")
    assert held.respond("/sources").count("\n[") == len(held.session.turns[-1].reply.citations) - 1


def test_topics_have_numbers_and_lead_to_every_answer() -> None:
    held = talk()
    listed = held.respond("/topics")
    assert f"  1 {PACK.categories[0].title}: {PACK.categories[0].about}" in listed
    assert "There is no number 99 here" in held.respond("99")
    assert held.respond("1").startswith(PACK.categories[0].title)
    assert "t All topics" in held.respond("xyzzy")
    assert held.respond("t") == listed


def test_a_number_of_alarm_is_never_taken_for_a_choice() -> None:
    held = talk()
    held.respond("/topics")
    assert "call 911" in held.respond("911")


@pytest.mark.parametrize(
    ("copies", "remote", "said"),
    [(True, "", "chat.copied"), (False, "", "chat.plain.no_clipboard"), (True, "1", "chat.plain.no_clipboard")],
)
def test_copy_takes_the_system_clipboard_or_says_that_there_is_none(
    monkeypatch: pytest.MonkeyPatch, *, copies: bool, remote: str, said: str
) -> None:
    taken: list[str] = []

    def take(text: str) -> bool:
        taken.append(text)
        return copies

    monkeypatch.setattr("dimchat.apps.chat.desktop.copy_to_system", take)
    for name in ("SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.setenv(name, remote)
    held = talk()
    assert held.respond("/copy") == WORDS("chat.no_reply")
    held.respond(DEGREE)
    assert held.respond("/copy text") == WORDS(said)
    assert held.respond("/copy nonsense") == WORDS("chat.copy_usage")
    assert all("[1]" not in text and "Master's degree" in text for text in taken)
    assert len(taken) == (not remote)


def test_a_conversation_is_exported_and_saved_as_a_case(tmp_path: Path) -> None:
    held = talk()
    held.respond(DEGREE)
    held.respond("1")
    file, case = tmp_path / "talk.md", tmp_path / "case.yaml"
    assert held.respond(f"/export {file}") == WORDS("chat.exported", count=2, file=file)
    assert held.respond(f"/export {file}") == WORDS("chat.export_exists", file=file)
    assert held.respond(f"/save-test {case}") == WORDS("chat.saved_test", count=2, file=case)
    assert f"**{DEGREE}**" in file.read_text("utf-8")
    assert case.read_text("utf-8").count("- ask:") == 2
    assert held.respond("/export") == WORDS("chat.export_usage")


@given(st.lists(st.text(max_size=12) | st.sampled_from(["/export", "/save-test ", "/open 1", "/sources ¹", "0", "٣"])))
def test_whatever_is_typed_gets_some_words(messages: list[str]) -> None:
    held = Talk(PACK, Silent(), lambda: date(2026, 11, 24))
    for message in messages:
        held.respond(message)


class Silent:
    """Answers nothing, at once."""

    def ask(self, text: str, context: Context) -> tuple[Reply, Context]:
        return Reply(text, "decline", text="No."), context

    def explain(self, text: str, context: Context) -> Explanation:
        return ASSISTANT.explain(text, context)
