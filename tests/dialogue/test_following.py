"""Intents that are meant after another answer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.files.yaml.write import dumped
from dimchat.index import open_assistant
from dimchat.model import Context
from dimchat.pack import inspect_pack

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.dialogue import Assistant

NAMES = ("rent", "sell", "cost", "price")
FILES = {
    "pack.yaml": (
        'format: 2\nname: desk\ntitle: Desk\nversion: "1"\nlanguage: en\nprofile: faq\ncategories:\n  desk: Desk\n'
    ),
    "intents/vocabulary.yaml": dumped(
        {
            "topics": [{"id": "desk", "kind": "subject", "names": ["desk"]}],
            "aspects": [{"id": name, "title": name, "cues": [name]} for name in NAMES],
        }
    ),
    "intents/desk.yaml": dumped(
        [
            {"id": "desk.rent", "title": "Renting a room", "phrases": ["rent a room"], "next": ["desk.cost"]},
            {"id": "desk.sell", "title": "Buying a book", "phrases": ["buy a book"]},
            {
                "id": "desk.cost",
                "title": "What does the room cost?",
                "phrases": ["cost", "how much"],
                "follows": ["desk.rent"],
            },
            {
                "id": "desk.price",
                "title": "What does the book cost?",
                "phrases": ["how much"],
                "follows": ["desk.sell"],
            },
        ]
    ),
    "answers/desk.yaml": dumped(
        [{"id": f"desk.{name}", "short": f"About {name}.", "text": f"About {name}."} for name in NAMES]
    ),
    "answers/sources.yaml": "- id: rules\n  type: document\n  title: Rules\n",
}


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    errors = [problem for problem in inspect_pack(tmp_path, None)[1] if problem.severity == "error"]
    assert errors == []
    return open_assistant(tmp_path)


@pytest.mark.parametrize(
    ("before", "said", "meant"),
    [
        ("rent a room", "how much", "desk.cost"),
        ("buy a book", "How much?", "desk.price"),
        ("rent a room", "what does the room csot", "desk.cost"),
        ("rent a room", "1", "desk.cost"),
        ("rent a room", "and what would that cost", "desk.cost"),
        ("buy a book", "so what does it cost me", "desk.price"),
    ],
)
def test_what_follows_an_answer_is_found_after_it(assistant: Assistant, before: str, said: str, meant: str) -> None:
    _, context = assistant.ask(before)
    assert assistant.ask(said, context)[0].intents == (meant,)


def test_it_is_answered_at_no_other_time_and_listed_nowhere(assistant: Assistant) -> None:
    reply, _ = assistant.ask("how much", Context())
    assert reply.kind != "answer"
    offered = {one.intent for one in reply.options} | {one.intent for one in reply.suggestions}
    assert not {"desk.cost", "desk.price"} & offered
    assert [intent.id for intent in assistant.pack.browsable] == ["desk.rent", "desk.sell"]
