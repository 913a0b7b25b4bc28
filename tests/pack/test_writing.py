"""Rules of writing, and what a pack makes of rules."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.language.reading_grade import counts_of
from dimchat.pack import inspect_pack
from dimchat.pack.rules import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[str, str, str], None]
    Problems = Callable[[], list[str]]

counted = pytest.mark.skipif(find_spec(writing.SYLLABLES) is None, reason="no library counts syllables")
HARD = "Organizational responsibilities necessitate interdisciplinary administrative coordination. [@guide]"


@pytest.fixture
def guide(root: Path, edit: Edit) -> Path:
    """The small pack with the profile that asks for everything, and nothing of it wrong."""
    edit("pack.yaml", "name: toy\n", "format: 2\nprofile: career-guide\nname: toy\n")
    edit("answers/pay.yaml", "  reviewed: 2026-11-24", "  as_of: 2026\n  reviewed: 2026-11-24")
    return root


@counted
def test_nothing_is_wrong_with_the_pack_before_it_is_edited(guide: Path, problems: Problems) -> None:
    assert guide.is_dir()
    assert problems() == []


FAULTS = {
    "no date": (
        ("answers/pay.yaml", "  as_of: 2026\n", ""),
        "no-as-of answers/pay.yaml:1:7: manager.pay tells of law, pay or a licence, and not as of when",
    ),
    "a hedge first": (
        ("answers/pay.yaml", "Enough to live.", "It depends on the town."),
        "answer-first answers/pay.yaml:2:10: the short answer begins with 'It depends', not with the answer",
    ),
    "a source first": (
        ("answers/role.yaml", "Someone who leads.", "The guide of A house says that they lead."),
        (
            "answer-first answers/role.yaml:2:10: the short answer names who says it before the answer: "
            "'The guide of A house says'"
        ),
    ),
    "reviewed later than the source": (
        ("answers/sources.yaml", "  type: book", "  type: book\n  review_by: 2027-06-15"),
        (
            "review-after-source answers/pay.yaml:1:7: review_by 2027-11-24 is after that of bls-ooh, 2027-06-15: "
            "by then it has been replaced"
        ),
    ),
    "a reading without a day": (
        ("answers/sources.yaml", "  type: book", "  type: book\n  read: copy"),
        (
            "undated-reading answers/sources.yaml:9:7: bls-ooh was read as 'copy', and nothing says when; "
            "give it an 'accessed'"
        ),
    ),
    "a source that nobody read": (
        ("answers/sources.yaml", "  type: book", "  type: book\n  read: unseen"),
        (
            "untrusted-source answers/pay.yaml:1:7: manager.pay leans on bls-ooh, which is 'unseen': "
            "read it, or find another"
        ),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_a_profile_asks_of_writing_is_told(guide: Path, edit: Edit, problems: Problems, name: str) -> None:
    change, expected = FAULTS[name]
    assert guide.is_dir()
    edit(*change)
    assert expected in problems()


@counted
def test_hard_words_are_graded_one_by_one_and_by_the_file(guide: Path, edit: Edit, problems: Problems) -> None:
    assert guide.is_dir()
    edit("answers/role.yaml", "Someone who leads. [@guide]", HARD)
    rules = [problem.partition(":1:")[0] for problem in problems() if problem.startswith("grade ")]
    assert rules == ["grade answers/role.yaml"]
    begun = "grade-short answers/role.yaml:2:10: the short answer reads"
    assert any(problem.startswith(begun) for problem in problems())


def test_without_the_library_no_grade_is_given_and_that_is_told(
    guide: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edit("answers/role.yaml", "Someone who leads. [@guide]", HARD)
    monkeypatch.setattr(writing, "SYLLABLES", "no_such_library")
    run(["check", str(guide)])
    told = capsys.readouterr()
    assert "[grade" not in told.out
    assert "no grade was worked out: this needs no_such_library" in told.err


def test_without_a_profile_nothing_of_it_is_asked(root: Path, edit: Edit, problems: Problems) -> None:
    assert root.is_dir()
    edit("answers/pay.yaml", "Enough to live.", "It depends on the town.")
    assert problems() == []


def test_a_pack_says_what_it_makes_of_rules(guide: Path, edit: Edit) -> None:
    edit("answers/pay.yaml", "Enough to live.", "It depends on the town.")
    edit("pack.yaml", "name: toy\n", "name: toy\nrules:\n  answer-first: {severity: error, reason: we mean it}\n")
    severities = {problem.rule: problem.severity for problem in inspect_pack(guide, None)[1]}
    assert severities["answer-first"] == "error"
    edit("pack.yaml", "severity: error", "severity: off")
    assert "answer-first" not in {problem.rule for problem in inspect_pack(guide, None)[1]}


RULINGS = {
    "a rule that there is not": (
        "short-lenght: {limit: 9, reason: r}",
        "unknown-rule pack.yaml:4:3: there is no rule 'short-lenght', did you mean 'short-length'?",
    ),
    "a rule that no pack can break": (
        "yaml-syntax: {severity: off, reason: r}",
        "unknown-rule pack.yaml:4:3: 'yaml-syntax' keeps a pack from being read, whatever it says",
    ),
    "no reason": ("short-length: {limit: 9}", "missing-key pack.yaml:4:17: the key 'reason' is missing"),
    "a limit": (
        "short-length: {limit: 2, reason: r}",
        "short-length answers/role.yaml:2:10: the short answer has 3 words; 2 is the most",
    ),
}


@pytest.mark.parametrize("name", RULINGS)
def test_a_ruling_is_checked_and_obeyed(root: Path, edit: Edit, problems: Problems, name: str) -> None:
    ruling, expected = RULINGS[name]
    assert root.is_dir()
    edit("pack.yaml", "name: toy\n", f"format: 2\nname: toy\nrules:\n  {ruling}\n")
    assert expected in problems()


def test_a_limit_of_a_rule_without_one_is_told(root: Path, edit: Edit, problems: Problems) -> None:
    assert root.is_dir()
    edit("pack.yaml", "name: toy\n", "format: 2\nname: toy\nrules:\n  unreached: {limit: 2, reason: r}\n")
    assert any(problem.startswith("unknown-rule pack.yaml:4:22: 'unreached' has no limit; ") for problem in problems())


LABELS = {
    "nothing": ("", "'cost', 'time | how long'"),
    "words that are no label": ("**Cost** and time, and the **time**.", "'time | how long'"),
    "all, as items and lines": ("1. **Cost:** none.\n    **How long?** Not at all.", ""),
}


@pytest.mark.parametrize("text", LABELS)
@pytest.mark.parametrize("key", ["person.pay", "manager.pay"])
def test_an_answer_has_the_parts_of_its_kind(root: Path, edit: Edit, problems: Problems, key: str, text: str) -> None:
    assert root.is_dir()
    written, lacking = LABELS[text]
    edit("pack.yaml", "name: toy\n", f"format: 2\nname: toy\nparts:\n  {key}:\n    - cost\n    - time | how long\n")
    edit("answers/pay.yaml", "  text: |\n", f"  text: |\n    {written}\n\n")
    begun = "missing-part answers/pay.yaml:3:9: manager.pay has no part "
    found = [problem for problem in problems() if problem.startswith("missing-part")]
    assert found == ([f"{begun}{lacking}, as a label in bold at the start of a line"] if lacking else [])


def test_parts_of_what_there_is_not_are_told(root: Path, edit: Edit, problems: Problems) -> None:
    assert root.is_dir()
    edit("pack.yaml", "name: toy\n", "format: 2\nname: toy\nparts: {persons.pay: who, boss.pays: who}\n")
    assert problems()[:3] == [
        "unknown-topic pack.yaml:3:9: 'persons' is neither a kind of topics nor a topic, did you mean 'person'?",
        "unknown-topic pack.yaml:3:27: 'boss' is neither a kind of topics nor a topic",
        "unknown-aspect pack.yaml:3:27: unknown aspect 'pays', did you mean 'pay'?",
    ]


@given(st.text(max_size=200))
def test_any_text_has_a_grade(text: str) -> None:
    counts = counts_of(text, len)
    assert counts.words <= len(text)
    assert isinstance(counts.grade, float)


def test_shorter_sentences_are_never_harder() -> None:
    whole = counts_of("Call first, then go. They open at nine.", lambda _: 1)
    cut = counts_of("Call first. Then go. They open at nine.", lambda _: 1)
    assert (cut.sentences, cut.words) == (3, 8)
    assert cut.grade < whole.grade
    assert counts_of("It takes 2.5 years to get there.", lambda _: 1).sentences == 1
