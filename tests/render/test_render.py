from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.files.text import encodable, harmless
from dimchat.model import Citation, Kind, Option, Pack, Reply, Suggestion, Vocabulary
from dimchat.render import explanation_to_json, explanation_to_plain, to_json, to_markdown, to_plain, whole_text

PACK = Pack("demo", "Demo Manager", "2026.1", "en", "abc", None, (), (), (), (), (), (), Vocabulary())
CITATIONS = (
    Citation(1, "bls", "Handbook", "BLS", "https://example.org/h", "Pay", "2026-11-24"),
    Citation(2, "cra", "CRA [draft]", None, None, None, None),
)
ANSWER = Reply(
    "what does it *pay*?",
    "answer",
    intents=("manager.pay",),
    confidence=0.87654321,
    short="A **good** deal. [1]",
    text="A **good** deal. [1]\n\n- the `first` thing\n- the second thing, see [the page](https://example.org/p) [2]",
    citations=CITATIONS,
    reviewed=date(2026, 11, 24),
    review_by=date(2027, 11, 24),
    suggestions=(Suggestion("a.b", "What next?"), Suggestion("c.d", "And then?")),
    topic="manager",
    aspect="pay",
)
CLARIFY = Reply("x", "clarify", text="Which?", options=(Option(1, "a.b", "One?"), Option(2, "c.d", "Two?")))
KEYS = [
    "schema",
    "question",
    "read_as",
    "language",
    "kind",
    "intents",
    "titles",
    "about",
    "outside",
    "confidence",
    "short",
    "text",
    "citations",
    "reviewed",
    "review_by",
    "as_of",
    "expired",
    "period",
    "reader",
    "options",
    "suggestions",
    "unanswered",
    "rows",
    "context",
    "pack",
]


@pytest.mark.parametrize("reply", [ANSWER, CLARIFY, Reply("", "decline")], ids=["answer", "clarify", "empty"])
def test_json_has_every_key_in_order_on_one_line(reply: Reply) -> None:
    line = to_json(reply, PACK)
    assert "\n" not in line
    assert list(json.loads(line)) == KEYS


def test_json_of_an_answer() -> None:
    data = json.loads(to_json(ANSWER, PACK))
    assert data["schema"] == "dimchat.reply/1"
    assert data["citations"][0] == {
        "number": 1,
        "source": "bls",
        "title": "Handbook",
        "publisher": "BLS",
        "url": "https://example.org/h",
        "locator": "Pay",
        "accessed": "2026-11-24",
    }
    assert (data["reviewed"], data["review_by"]) == ("2026-11-24", "2027-11-24")
    assert data["suggestions"] == [{"intent": "a.b", "title": "What next?"}, {"intent": "c.d", "title": "And then?"}]
    assert data["context"] == {"topic": "manager", "aspect": "pay", "slots": {}}
    assert data["pack"] == {"name": "demo", "version": "2026.1", "digest": "abc"}


def test_json_says_whether_an_answer_is_overdue_as_of_a_day_and_of_none_without_one() -> None:
    assert [
        (data["as_of"], data["expired"])
        for data in (json.loads(to_json(ANSWER, PACK, day)) for day in (None, date(2027, 11, 24), date(2027, 11, 25)))
    ] == [(None, False), ("2027-11-24", False), ("2027-11-25", True)]


def test_json_of_choices() -> None:
    data = json.loads(to_json(CLARIFY, PACK))
    assert data["options"][1] == {"number": 2, "intent": "c.d", "title": "Two?", "slots": {}}


@given(st.text(st.characters(codec=None)))
def test_json_is_utf_8_whatever_was_asked(text: str) -> None:
    line = to_json(Reply(text, "decline", text="No."), PACK)
    assert json.loads(line.encode().decode())["question"] == encodable(text)


def test_plain_answer() -> None:
    assert to_plain(ANSWER, PACK).splitlines() == [
        "A good deal. [1]",
        "",
        "  - the first thing",
        "  - the second thing, see the page (https://example.org/p) [2]",
        "",
        "Sources:",
        "  [1] Handbook, BLS, Pay. https://example.org/h",
        "  [2] CRA [draft].",
        "Next: 1 What next?  2 And then?",
    ]


def test_plain_choices_end_with_none_of_these() -> None:
    assert to_plain(CLARIFY, PACK).splitlines() == ["Which?", "  1 One?", "  2 Two?", "  0 None of these"]


@pytest.mark.parametrize(
    ("short", "text", "kind", "whole"),
    [
        ("Short. [1]", "Long. [2]", "answer", "Short. [1]\n\nLong. [2]"),
        ("Short.", "Short.\n\nLong.", "answer", "Short.\n\nLong."),
        ("Part:\n\nShort.", "Part:\n\nLong.", "answer", "Part:\n\nShort.\n\nLong."),
        ("Short.", "Short.", "answer", "Short."),
        ("Short.", "Shorter than long.", "answer", "Short.\n\nShorter than long."),
        ("Free. [1]", "Free. For you. [1]", "answer", "Free. For you. [1]"),
        ("Free", "Freedom.", "answer", "Free\n\nFreedom."),
        ("These: [1]", "These:\n\nThis. [1]", "answer", "These:\n\nThis. [1]"),
        ("Short.", "Long.", "smalltalk", "Long."),
        (None, "Long.", "answer", "Long."),
        ("Short.", None, "answer", "Short."),
        ("Short.", "", "smalltalk", "Short."),
        (None, None, "decline", ""),
    ],
)
def test_the_short_form_comes_first_and_nothing_twice(
    short: str | None, text: str | None, kind: Kind, whole: str
) -> None:
    reply = Reply("q", kind, short=short, text=text)
    assert whole_text(reply) == whole
    assert to_plain(reply, PACK) == whole
    assert whole in to_markdown(reply, PACK)


def test_plain_short_form() -> None:
    assert to_plain(ANSWER, PACK, full=False).startswith("A good deal. [1]\n\nSources")


@pytest.mark.parametrize(("today", "said"), [(date(2027, 11, 24), False), (date(2027, 11, 25), True), (None, False)])
def test_overdue_review_is_said(today: date | None, said: bool) -> None:  # noqa: FBT001
    assert ("2027-11-24" in to_plain(ANSWER, PACK, today)) is said
    assert ("2027-11-24" in to_markdown(ANSWER, PACK, today)) is said


# Four blanks in front would make code of it, whose lines are kept.
@given(st.lists(st.text("ab ", min_size=1, max_size=30), max_size=40).map(lambda parts: " ".join(parts).lstrip()))
def test_plain_lines_fit(text: str) -> None:
    lines = to_plain(Reply("q", "decline", text=text), PACK).splitlines()
    assert all(len(line) <= 76 or " " not in line.strip() for line in lines)


def test_markdown_names_sources_and_review_and_shows_the_question_literally() -> None:
    written = to_markdown(ANSWER, PACK)
    assert written.startswith("**what does it \\*pay\\*?**\n")
    assert "- \\[1\\] [Handbook](<https://example.org/h>), BLS, Pay. Read 2026-11-24." in written
    assert "CRA \\[draft\\]" in written
    assert "reviewed 2026-11-24" in written


@given(st.text(st.characters(codec=None)))
def test_harmless_text_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = harmless(text)
    shown.encode()
    assert not any(c in shown for c in map(chr, (*range(9), *range(11, 32), *range(127, 160), 0x202E)))


def test_escape_is_shown() -> None:
    assert harmless("\x1b[31mred\x07") == "\u241b[31mred\u2407"


@dataclass
class _Explained:
    question: str = "how \x1b[0m now \ud800"

    def to_dict(self) -> dict[str, Any]:
        word = {"text": "paycheck", "read_as": "pay", "how": "synonym", "weight": 0.5}
        candidate = {
            "intent": "manager.pay",
            "confidence": 0.9,
            "margin": 0.2,
            "phrase": "manager pay",
            "words": [word],
        }
        return {
            "question": self.question,
            "normalised": "how now",
            "words": [word],
            "frames": ["follow"],
            "pronouns": [],
            "topics": [],
            "aspects": ["pay"],
            "safety": None,
            "context": {"topic": "manager", "aspect": None, "slots": (("state", ("TX",)),)},
            "slots": ["ohio as state OH (name)"],
            "rows": ["pay: OH"],
            "readings": [
                {
                    "name": "alone",
                    "text": "how now",
                    "why": "as it stands",
                    "verdict": "answer manager.pay",
                    "candidates": [candidate],
                    "won": True,
                }
            ],
            "floor": 0.5,
            "margin": 0.1,
            "decision": "the reading won",
            "kind": "answer",
            "intents": ["manager.pay"],
            "options": [],
        }


def test_explanation_reads_as_lines() -> None:
    shown = explanation_to_plain(_Explained(), PACK)
    assert "paycheck as pay (synonym 0.50)" in shown
    assert "0.90 +0.20  manager.pay" in shown
    assert "leans on  topic manager" in shown
    assert "alone (won): how now" in shown
    assert "\x1b" not in shown


def test_explanation_as_json_is_utf_8() -> None:
    assert json.loads(explanation_to_json(_Explained()).encode())["kind"] == "answer"
