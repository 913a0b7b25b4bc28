from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dimchat.pack import inspect_pack, load_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

WORDS = " ".join(["words"] * 60)

FILES = {
    "pack.yaml": """\
name: toy
title: Toy Manager
version: 2026.11.24
language: en
default_topic: manager
categories:
  role: The job
  pay:
    title: Pay
    about: what it brings
""",
    "intents/role.yaml": """\
- id: manager.overview
  title: What is a manager?
  phrases:
    - yes
    - 12:30
    - 2026-11-24
    - what is it they manage
    - describe this job to me
    - tell me about managers
    - who runs the department
    - explain the position
    - in charge of whom
    - chief of the unit meaning
    - the person at the top
    - is that a leader
  not:
    - what is a director
  next:
    - manager.pay
""",
    "intents/pay.yaml": """\
- id: manager.pay
  title: What does a manager earn?
  phrases:
    - what is the salary
    - how much money is in it
    - does this pay well
    - annual income of a boss
    - wages
    - typical earnings please
    - is there good compensation
    - how rich will one get
    - hourly rate
    - what ends up on the check
    - dollars each month
    - 'bonus: any?'
  next: [manager.overview]
""",
    "intents/conversation.yaml": """\
- id: conversation.greeting
  title: A greeting
  phrases:
    - hello
    - hi there
    - good morning
    - hey you
    - greetings
    - evening all
    - howdy
    - nice to meet you
""",
    "intents/safety.yaml": """\
- id: safety.emergency
  title: An emergency
  phrases:
    - i can't breathe
  cues:
    - chest pain|pains
    - can not .. breathe
  unless:
    - painfully slow
""",
    "intents/outside.yaml": """\
- id: outside.weather
  title: the weather
  phrases:
    - will it rain
""",
    "intents/vocabulary.yaml": """\
topics:
  - id: manager
    kind: person
    names:
      - manager
      - boss
aspects:
  - id: overview
    title: overview
    cues:
      - about
  - id: pay
    title: pay
    cues:
      - salary
synonyms:
  - word: salary
    also:
      - wage
filler:
  - please
""",
    "answers/role.yaml": f"""\
- id: manager.overview
  short: Someone who leads. [@guide]
  text: |
    First 1 line [@guide, page 3; @bls-ooh].
    {WORDS}
  reviewed: 2026-11-24
  review_by: 2027-11-24
""",
    "answers/pay.yaml": f"""\
- id: manager.pay
  short: Enough to live. [@bls-ooh]
  text: |
    {WORDS}
  reviewed: 2026-11-24
  review_by: 2027-11-24
""",
    "answers/conversation.yaml": """\
- id: conversation.greeting
  texts:
    - Hello.
    - Hi again.
""",
    "answers/safety.yaml": """\
- id: safety.emergency
  texts:
    - Call an ambulance now.
""",
    "answers/sources.yaml": """\
- id: guide
  type: webpage
  title: The guide
  publisher: A house
  URL: https://example.org/guide
  issued: "2020"
  accessed: 2026-11-24
  note: a note
- id: bls-ooh
  type: book
  title: Handbook
""",
}


@pytest.fixture
def root(tmp_path: Path, write_files: Callable[[Path, Mapping[str, str]], None]) -> Path:
    """A small pack in which nothing is wrong."""
    folder = tmp_path / "toy"
    write_files(folder, FILES)
    calibration = {
        "digest": load_pack(folder).learning_digest,
        "floor": 0.5,
        "margin": 0.1,
        "weights": [1, -2.5],
        "found": {"items": 3},
    }
    (folder / "intents" / "calibration.json").write_text(json.dumps(calibration, indent=2), encoding="utf-8")
    return folder


@pytest.fixture
def edit(root: Path) -> Callable[[str, str, str], None]:
    """Replaces a text that stands once in a file of the pack; an empty one stands for the end of the file."""

    def replace(name: str, old: str, new: str) -> None:
        path = root / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if old:
            assert text.count(old) == 1, (name, old)
        path.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")

    return replace


@pytest.fixture
def problems(root: Path) -> Callable[[], list[str]]:
    """Lists the problems of the pack, each as `rule place: message`, those of the calibration's age left out."""

    def listed() -> list[str]:
        found = inspect_pack(root, None)[1]
        return [f"{problem.rule} {problem}" for problem in found if problem.rule != "calibration-stale"]

    return listed
