"""Answers for a reader, what stands below an answer, and whom else to ask."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.cli import run
from dimchat.cli.plain import Talk
from dimchat.dialogue import Assistant
from dimchat.journal import NoRecorder
from dimchat.model import Context, Variant

from .conftest import Overlap, small_pack
from .test_promises import ASSISTANT

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.model import Pack


def pack_for(**changes: Any) -> Pack:
    pack = small_pack()
    first, *rest = pack.answers
    first = first._replace(variants=(Variant("employer", "Offer more. [@guide]", "Say so in the posting."),), **changes)
    return replace(pack, answers=(first, *rest), readers=(("employer", "employers"), ("student", "students")))


def answered(pack: Pack, reader: str | None) -> tuple[str, str]:
    first = pack.answers[0].id
    reply, after = Assistant(pack, Overlap(pack)).ask("1", Context(options=(first,), reader=reader))
    assert after.reader == reader
    return reply.short or "", reply.text or ""


def test_a_variant_is_told_to_its_reader_and_says_so() -> None:
    pack = pack_for()
    assert list(pack.reader) == ["employer"]
    assert answered(pack, "employer") == ("For employers: Offer more. [1]", "Say so in the posting.")
    assert answered(pack, None)[0].startswith("Short of")
    assert answered(pack, "student")[0].startswith("Short of")


def test_repeating_keeps_to_the_reader() -> None:
    pack = pack_for()
    assistant = Assistant(pack, Overlap(pack))
    _, context = assistant.ask("1", Context(options=(pack.answers[0].id,), reader="employer"))
    reply, _ = assistant._responder.again("", context, "conversation.repeat", 1.0)  # noqa: SLF001
    assert (reply.text, len(reply.citations)) == ("For employers: Offer more. [1]", 1)


def test_below_the_text_stands_as_of_when_and_who_knows_more() -> None:
    pack = pack_for(as_of="2025-05", contact="the pay desk")
    for reader in (None, "employer"):
        assert answered(pack, reader)[1].endswith("\n\nAs of May 2025.\n\nWho knows more: the pay desk.")


@pytest.mark.parametrize("failures", [0, 1, 2])
def test_every_decline_says_whom_else_to_ask(failures: int) -> None:
    pack = replace(small_pack(), contact="a career adviser", elsewhere="")
    reply, _ = Assistant(pack, Overlap(pack)).ask("xyzzy plugh", Context(failures=failures))
    assert reply.kind == "decline"
    assert (reply.text or "").count("a career adviser") == 1


def test_the_plain_chat_has_a_door_and_needs_none() -> None:
    pack = pack_for()
    talk = Talk(pack, Assistant(pack, Overlap(pack)), lambda: None, NoRecorder())  # type: ignore[arg-type, return-value]
    title = pack.intent[pack.answers[0].id].title
    assert "type /for and one of these" in talk.respond("/for")
    assert "employer" in talk.respond("/for emploier")
    assert "now for employers" in talk.respond("/for Employers")
    assert "For employers: Offer more." in talk.respond(title)
    assert "for everyone" in talk.respond("/for everyone")
    assert "For employers" not in talk.respond(title)
    plain = small_pack()
    other = Talk(plain, Assistant(plain, Overlap(plain)), lambda: None, NoRecorder())  # type: ignore[arg-type, return-value]
    assert other.respond("/for employer") == "Every answer of this pack is for everyone."


def test_ask_takes_a_reader_of_the_pack_alone(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (toy / "pack.yaml").write_text(
        "format: 2\nreaders:\n  employer: employers\n" + (toy / "pack.yaml").read_text("utf-8"), "utf-8"
    )
    answers = toy / "answers/shop.yaml"
    variant = "  variants:\n    employer:\n      short: Hire at nine. [@sign]\n      text: Hire.\n"
    before, mark, rest = answers.read_text("utf-8").partition("- id: shop.returns")
    answers.write_text(before + variant + mark + rest, "utf-8")
    assert run(["ask", "--pack", str(toy), "--for", "employer", "when are you open?"]) == 0
    assert "For employers: Hire at nine." in capsys.readouterr().out
    assert run(["ask", "--json", "--pack", str(toy), "--for", "employers", "when are you open?"]) == 0
    assert '"reader": "employer"' in capsys.readouterr().out
    talk = toy / "talk.jsonl"
    talk.write_text('{"id": 1, "turns": ["hello", "when are you open?"]}\n', "utf-8")
    for command in (["show", "shop.hours"], ["replay", str(talk)]):
        assert run([*command, "--pack", str(toy), "--for", "employer"]) == 0
        assert "For employers: Hire at nine." in capsys.readouterr().out
    assert run(["explain", "--pack", str(toy), "--for", "employer", "when are you open?"]) == 0
    assert "reader employer" in capsys.readouterr().out
    for command in (["ask", "open?"], ["show", "shop.hours"], ["replay", str(talk)], ["explain", "open?"]):
        assert run([*command, "--pack", str(toy), "--for", "employr"]) == 2
        assert "did you mean 'employer'?" in capsys.readouterr().err


def test_a_case_may_say_who_asks(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    test_ask_takes_a_reader_of_the_pack_alone(toy, capsys)
    cases = toy / "tests/cases/shop.yaml"
    text = "- intent: shop.hours\n  for: employer\n  ask:\n    - when are you open?\n  contains: Hire at nine\n"
    cases.write_text(text, "utf-8")
    assert run(["test", "--pack", str(toy)]) == 0
    cases.write_text(text.replace("  for: employer\n", ""), "utf-8")
    assert run(["test", "--pack", str(toy)]) == 1
    cases.write_text(text.replace("employer", "employr"), "utf-8")
    assert run(["test", "--pack", str(toy)]) == 2
    assert "shop.yaml:2:8: unknown reader 'employr', did you mean 'employer'?" in capsys.readouterr().err


def test_of_what_is_near_the_readers_own_is_answered() -> None:
    question = "bonus manager"
    assert ASSISTANT.ask(question)[0].kind == "clarify"
    assert ASSISTANT.ask(question, Context(reader="employer"))[0].intents == ("employer.bonus",)


@pytest.mark.parametrize(
    "said",
    [
        "I'm the employer here.",
        "We're hiring a manager for our imaging center.",
        "Our clinic is growing and we are looking for a head of imaging.",
        "I need somebody to oversee our scanners.",
        "Recruiting a radiology manager for two sites.",
        "Two surgeons, no admin. Need someone who can oversee radiology.",
    ],
)
def test_who_says_to_hire_a_manager_is_an_employer_from_then_on(said: str) -> None:
    reply, context = ASSISTANT.ask(said)
    assert context.reader == "employer", reply.intents
    assert ASSISTANT.ask("what should we ask them?", context)[0].intents == ("employer.interview",)
    _, later = ASSISTANT.ask("what is the CRA?", context)
    assert later.reader == "employer"


@pytest.mark.parametrize(
    "said",
    [
        "We are hiring two more sonographers, what do they make?",
        "They are hiring a manager where I work, should I apply?",
        "we are hiring a manager and I want to apply",
        "Does my employer pay for the CRA?",
        "Are there places hiring imaging managers?",
        "I'm a technologist in Ohio.",
    ],
)
def test_who_says_something_else_is_none(said: str) -> None:
    assert ASSISTANT.ask(said)[1].reader is None


def test_a_reader_that_was_chosen_stays() -> None:
    assert ASSISTANT.ask("I'm the employer.", Context(reader="student"))[1].reader == "student"


def test_what_nothing_but_the_reader_speaks_for_is_offered_at_most() -> None:
    reply, _ = ASSISTANT.ask("We need somebody to run imaging. Which town has the nicest people?")
    assert reply.kind != "answer"
    assert any(option.intent.startswith("employer.") for option in reply.options), reply.options
