"""The example of docs/tables.md, as it stands there: a library's branches and their hours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dimchat.dialogue import Assistant
from dimchat.index.prebuilt import learn
from dimchat.model import Context
from dimchat.pack import inspect_pack

from .states import written

if TYPE_CHECKING:
    from dimchat.model import Reply

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"
REST = {
    "pack.yaml": """\
name: library
title: The Library
version: "1"
format: 2
language: en
default_topic: library
categories:
  branches: Branches
""",
    "intents/vocabulary.yaml": """\
topics:
  - id: library
    kind: place
    names:
      - library
  - id: branch
    kind: place
    names:
      - branch
aspects:
  - id: hours
    title: hours
    cues:
      - open
      - hours
  - id: cards
    title: cards
    cues:
      - card
""",
    "intents/branches.yaml": """\
- id: branch.hours
  title: When does a branch open?
  phrases:
    - when does mill lane open
    - opening hours of the central library
    - is harbour open on saturday
    - how late is mill lane open
    - what time does central close
    - hours of each branch
    - opening hours by branch
    - when do the branches open
  next:
    - library.hours
- id: library.hours
  title: When is the library open?
  phrases:
    - when are you open
    - opening hours
    - what time do you close
    - are you open today
    - how late can i come
    - closing time
    - which days are you open
    - do you open at nine
  next:
    - library.cards
- id: library.cards
  title: How do I get a card?
  phrases:
    - get a library card
    - where do i sign up
    - how do i become a member
    - i lost my card
    - what does a card cost
    - renew my card
    - card for my child
    - join the library
  next:
    - branch.hours
""",
    "answers/branches.yaml": """\
- id: library.hours
  short: It depends on the branch. [@sign]
  text: |
    Each branch has hours of its own [@sign].
- id: library.cards
  short: Ask at the desk. [@sign]
  text: |
    Bring something with your name on it [@sign].
""",
    "answers/sources.yaml": """\
- id: sign
  type: document
  title: The sign beside the door
""",
}


def files() -> dict[str, str]:
    """Return the files of the page, each block under the heading that names its file."""
    made = dict(REST)
    blocks = re.compile(r"^## .*?: (\S+)\n.*?^```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
    for name, block in blocks.findall(PAGE.read_text("utf-8")):
        made[name] = made.get(name, "") + block
    return made


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = written(tmp_path_factory.mktemp("library"), files())
    pack, problems = inspect_pack(folder, None)
    assert pack is not None, list(map(str, problems))
    of_tables = ("uncited-row", "unnamed-slot", "undated-row", "missing-row", "unused-table", "wide-cell")
    assert [str(problem) for problem in problems if problem.rule in of_tables] == []
    return Assistant(*learn(folder))


def talk(assistant: Assistant, *messages: str) -> Reply:
    context = Context()
    for message in messages:
        reply, context = assistant.ask(message, context)
    return reply


def branches(reply: Reply) -> list[str]:
    return [dict(row.key)["branch"] for row in reply.rows]


@pytest.mark.parametrize(
    ("messages", "rows"),
    [
        (["when does mill lane open"], ["mill"]),
        (["when does mill lane open", "and harbour?"], ["harbour"]),
        (["when does harbuor open"], ["harbour"]),
        (["when does mill lane open", "do i need a card", "what are the hours there"], ["mill"]),
        (["opening hours central vs harbour"], ["central", "harbour"]),
        (["opening hours north of the river"], ["mill", "harbour"]),
        (["when does CL open"], ["central"]),
        (["when are you open", "the harbour branch"], ["harbour"]),
        (["market square opening hours"], ["central"]),
        (["opening hours by branch"], []),
        (["when does old town open"], []),
        (["when does old town open", "2"], ["mill"]),
        (["when are you open"], []),
        (["where do i sign up"], []),
        (["is there a card for mill lane"], []),
    ],
)
def test_what_the_page_promises_comes(library: Assistant, messages: list[str], rows: list[str]) -> None:
    assert branches(talk(library, *messages)) == rows


def test_an_empty_cell_a_note_and_a_missing_date_are_said(library: Assistant) -> None:
    reply = talk(library, "when does the harbour branch open")
    assert "on Saturdays not at all" in (reply.text or "")
    assert "The lift is being mended. Nobody wrote down when this was read, so ring first." in (reply.short or "")
    assert "The branches open at different hours" in (reply.text or "")


def test_a_name_that_branches_share_is_asked_about(library: Assistant) -> None:
    reply = talk(library, "when does old town open")
    assert [option.title for option in reply.options] == ["the Central Library", "Mill Lane"]


def test_a_name_alone_offers_what_there_is(library: Assistant) -> None:
    assert talk(library, "harbour").kind == "clarify"
