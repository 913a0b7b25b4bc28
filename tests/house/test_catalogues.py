"""What dimchat says to visitors stands in catalogues, all of it, in every language, and nothing else does."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from dimchat.wording import ENGLISH, LANGUAGES, catalogue_of
from dimchat.wording.catalogue import DOMAINS

if TYPE_CHECKING:
    from dimchat.wording.catalogue import Message

SOURCE = Path(__file__).parents[2] / "src" / "dimchat"
WORDING = SOURCE / "wording"


def messages(language: str) -> dict[str, Message]:
    found: dict[str, Message] = {}
    for domain in DOMAINS:
        found |= import_module(f"dimchat.wording.{language}.{domain}").MESSAGES
    return found


def texts(message: Message) -> tuple[str, ...]:
    if isinstance(message, str):
        return (message,)
    return message if isinstance(message, tuple) else tuple(message.values())


def places(message: Message) -> set[str]:
    return {name for text in texts(message) for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_catalogue_is_named() -> None:
    assert {folder.parent.name for folder in WORDING.glob("*/__init__.py")} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_all_that_english_says(language: str) -> None:
    said, english = messages(language), messages(ENGLISH)
    assert said.keys() == english.keys()
    assert [id_ for id_ in said if type(said[id_]) is not type(english[id_])] == []
    assert [id_ for id_ in said if places(said[id_]) != places(english[id_])] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_an_id_begins_with_its_domain(language: str, domain: str) -> None:
    found = import_module(f"dimchat.wording.{language}.{domain}").MESSAGES
    assert [id_ for id_ in found if not id_.startswith(f"{domain}.")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_have_every_plural_form_of_the_language(language: str) -> None:
    plural = import_module(f"dimchat.wording.{language}").plural
    forms = {plural(count) for count in (*range(201), 1_000, 1_000_000)}
    counted = {id_: set(message) for id_, message in messages(language).items() if isinstance(message, dict)}
    assert [id_ for id_, given in counted.items() if given != forms] == []


def test_a_language_without_a_catalogue_is_spoken_to_in_english() -> None:
    assert catalogue_of("de-CH") is not catalogue_of("en-US")
    assert catalogue_of("de-CH").language == catalogue_of("en-US").language == ENGLISH


def test_what_no_catalogue_says_is_an_error() -> None:
    words = catalogue_of(ENGLISH)
    with pytest.raises(KeyError, match=r"reply\.nothing_like_it"):
        words("reply.nothing_like_it")
    with pytest.raises(KeyError, match="number"):
        words("reply.no_such_choice")
    with pytest.raises(TypeError):
        words.texts("reply.none")


def named() -> dict[str, set[str]]:
    """Return the literals of the source that may be ids, by module."""
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        if WORDING not in path.parents:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.setdefault(node.value, set()).add(path.name)
    return found


def test_every_message_is_said_somewhere() -> None:
    literals = named()
    stems = tuple(text for text in literals if text.startswith(tuple(f"{domain}." for domain in DOMAINS)))
    unsaid = [
        id_
        for id_ in messages(ENGLISH)
        if id_ not in literals and not any(id_.startswith(f"{stem.rstrip('.')}.") for stem in stems)
    ]
    assert unsaid == []
