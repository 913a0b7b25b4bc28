from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FILES = {
    "pack.yaml": """\
name: tiny
title: Tiny
version: 1.0.0
language: en
default_topic: manager
wrong_cost: 3
elsewhere: ask a friend
categories:
  role:
    title: The job
    about: what they do
""",
    "intents/role.yaml": """\
- id: manager.pay
  title: What does a manager earn?
  phrases:
    - how much does a manager make
    - salary of the boss
    - manager wages per year
    - yes
  not:
    - how do managers pay their staff
  next:
    - manager.hours
- id: manager.hours
  title: When does a manager work?
  phrases:
    - working hours of a manager
    - do managers work at night
    - how long is a shift
""",
    "intents/conversation.yaml": """\
- id: conversation.thanks
  title: Thanks
  phrases:
    - thank you
    - thanks a lot
""",
    "intents/safety.yaml": """\
- id: safety.emergency
  title: An emergency
  phrases:
    - my chest hurts
    - call an ambulance
  cues:
    - chest pain|pains
  unless:
    - this job is a pain
""",
    "intents/vocabulary.yaml": """\
topics:
  - id: manager
    kind: person
    names:
      - manager
      - boss
aspects:
  - id: pay
    title: pay
    cues:
      - salary
  - id: hours
    title: hours
    cues:
      - shift
synonyms:
  - word: salary
    also:
      - paycheck
filler:
  - please
""",
    "intents/outside.yaml": """\
- id: outside.weather
  title: the weather
  phrases:
    - what is the weather
    - will it rain
""",
    "answers/role.yaml": """\
- id: manager.pay
  short: A lot. [@guide]
  text: |
    A lot of money. [@guide, page 3]
  reviewed: 2026-11-24
  review_by: 2027-11-24
- id: manager.hours
  short: Days. [@guide]
  text: |
    Mostly in the day. [@guide]
  reviewed: 2026-11-24
  review_by: 2027-11-24
""",
    "answers/conversation.yaml": """\
- id: conversation.thanks
  texts:
    - You are welcome.
    - Any time.
""",
    "answers/safety.yaml": """\
- id: safety.emergency
  texts:
    - Call for help now.
    - Call for help first.
""",
    "answers/sources.yaml": """\
- id: guide
  type: webpage
  title: A guide
  publisher: Someone
  URL: https://example.org/guide
  accessed: "2026-11-24"
""",
}


@pytest.fixture
def root(tmp_path: Path, write_files: Callable[[Path, Mapping[str, str]], None]) -> Path:
    folder = tmp_path / "pack"
    write_files(folder, FILES)
    return folder


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("DIMCHAT_CACHE", str(folder))
    return folder
