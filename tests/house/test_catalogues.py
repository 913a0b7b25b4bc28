"""What dimchat says to visitors stands in catalogues, all of it, in every language, and nothing else does."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from dimchat.wording import BASE_LANGUAGES, ENGLISH, LANGUAGES, base_catalogue, catalogue_of
from dimchat.wording.catalogue import DOMAINS

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    assert {folder.parent.name for folder in WORDING.glob("*/__init__.py")} == set(BASE_LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_all_that_english_says(language: str) -> None:
    said, english = messages(language), messages(ENGLISH)
    assert said.keys() == english.keys()
    assert [id_ for id_ in said if type(said[id_]) is not type(english[id_])] == []
    assert [id_ for id_ in said if places(said[id_]) != places(english[id_])] == []


@pytest.mark.parametrize("language", BASE_LANGUAGES)
@pytest.mark.parametrize("domain", ["base", "aloud"])
def test_the_base_and_a_voice_say_in_each_language_what_they_say_in_english(domain: str, language: str) -> None:
    said, english = (import_module(f"dimchat.wording.{one}.{domain}").MESSAGES for one in (language, ENGLISH))
    assert said.keys() == english.keys()
    assert [id_ for id_ in said if type(said[id_]) is not type(english[id_])] == []
    assert [id_ for id_ in said if places(said[id_]) != places(english[id_])] == []
    assert base_catalogue(f"{language}-XX").language == language


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {ENGLISH}))
def test_a_sentence_of_a_catalogue_is_translated(language: str) -> None:
    said, english = messages(language), messages(ENGLISH)
    same = {id_ for id_ in english if said[id_] == english[id_]}
    sentences = {id_ for id_ in same for text in texts(english[id_]) if re.search(r"[a-z]+ [a-z]+", text)}
    assert sentences == set()


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


def sources() -> Iterator[Path]:
    """Yield the modules, but for the catalogues."""
    yield from (path for path in SOURCE.rglob("*.py") if path.parent.parent != WORDING)


def test_every_message_is_said_somewhere() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sources()]
    literals = {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    pages = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.html"))
    groups = tuple(f"{text.rstrip('.')}." for text in literals if re.fullmatch(r"[a-z]+\.[a-z_]+\.?", text))
    said = literals | set(re.findall(r"words\('([a-z_.]+)'", pages))
    assert [id_ for id_ in messages(ENGLISH) if id_ not in said and not id_.startswith(groups)] == []


@pytest.mark.parametrize("path", [*sorted(SOURCE.rglob("*.py"))], ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_id_is_in_the_catalogue(path: Path) -> None:
    if path.parent.parent == WORDING:
        pytest.skip("a catalogue")
    known = messages(ENGLISH)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _says(node.func)]
    named = {text for call in calls if call.args for text in _texts(call.args[0])}
    assert sorted(id_ for id_ in named if "." in id_ and not id_.endswith(".") and id_ not in known) == []


def _says(function: ast.expr) -> bool:
    """Tell whether a call asks a catalogue for a message."""
    name = (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
    if isinstance(function, ast.Call):
        return isinstance(function.func, ast.Name) and function.func.id in ("words_of", "catalogue_of")
    return name.lower().strip("_") in ("words", "said")


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an expression may be: itself, or either side of a condition."""
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


FACES = ("apps/base", "apps/chat", "apps/stand", "dialogue/respond", "render", "web/visitor")
SHOWING = frozenset(
    {
        "Binding",
        "Choice",
        "Content",
        "Flow",
        "Input",
        "Line",
        "Pad",
        "Prompt",
        "Text",
        "link",
        "literal",
        "notify",
        "say",
    }
)
"""What shows a text that is handed in."""
WORDS = re.compile(r"[A-Za-z]{2,}[,.:;!?]? [A-Za-z]{2,}|^[A-Z][a-z]+[ .:!?]|^[A-Z][a-z]{2,}$")
"""What reads like words of a person: two in a row, or one with a capital."""
NO_WORDS = frozenset({"QR", "Host", "Location", "Origin", "noopener noreferrer"})
"""The name of a code, and what browsers and servers say to each other, is the same everywhere."""
MARKUP = re.compile(r"<[^>]*>")
"""What a browser reads."""
UNREAD = frozenset({"AUTO_FOCUS", "DEFAULT_CSS", "_REHEARSED", "__all__"})
STYLING = frozenset({"cast", "focus_next", "focus_previous", "on", "query", "query_one", "stylize", "stylize_before"})
"""What takes the names of styles, of widgets and of types."""


def shown(path: Path) -> Iterator[str]:
    """Yield the texts in a module of a face that a person may get to read: its own, not those of a catalogue."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {id(node) for each in ast.walk(tree) for node in _no_words(each)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            if WORDS.search(node.value):
                yield node.value
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in SHOWING:
                yield from (text for text in _handed_in(node, name) if re.search(r"[A-Za-z]{2,}", text))


def _no_words(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what beneath a node is for nobody to read: what documents, annotates, is styled with, or is raised."""
    if isinstance(node, ast.Expr):
        yield node.value
    elif isinstance(node, ast.arg | ast.FunctionDef | ast.AsyncFunctionDef | ast.AnnAssign):
        noted = node.returns if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else node.annotation
        yield from ast.walk(noted) if noted is not None else ()
    elif isinstance(node, ast.Assign) and {getattr(one, "id", "") for one in node.targets} & UNREAD:
        yield from ast.walk(node.value)
    elif isinstance(node, ast.Subscript):
        yield from ast.walk(node.slice)
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in STYLING:
        yield from (node for each in node.args for node in ast.walk(each))


def _handed_in(call: ast.Call, name: str) -> Iterator[str]:
    """Yield the texts that a call shows: not the key and the action of a binding, not what a pad or a link does."""
    if name == "Binding":
        described = [*call.args[2:3], *(one.value for one in call.keywords if one.arg in ("description", "tooltip"))]
        yield from (text for each in described for text in _texts(each) if text not in messages(ENGLISH))
        return
    first = {"Choice": call.args[1:2], "Input": [one.value for one in call.keywords if one.arg == "placeholder"]}
    for each in first.get(name, call.args[:1]):
        yield from _texts(each)
        if isinstance(each, ast.JoinedStr):
            yield from (str(part.value) for part in each.values if isinstance(part, ast.Constant))


@pytest.mark.parametrize(
    "path", [path for face in FACES for path in sorted((SOURCE / face).glob("*.py"))], ids=lambda path: path.stem
)
def test_no_word_of_a_face_stands_outside_the_catalogue(path: Path) -> None:
    told = {text for text in shown(path) if not MARKUP.search(text) or WORDS.search(MARKUP.sub("", text))}
    assert sorted(told - NO_WORDS) == []


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.html")), ids=lambda path: path.stem)
def test_no_word_of_a_page_stands_outside_the_catalogue(path: Path) -> None:
    if "web" not in path.parts:
        pytest.skip("a report for curators")
    text = re.sub(
        r"<!--.*?-->|\{\{.*?\}\}|\{%.*?%\}|<script.*?</script>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    text = re.sub(r"\blang=\"[^\"]*\"", " ", text)
    labels = re.findall(r"(?:title|alt|aria-label|placeholder|data-label|data-text)=\"([^\"]*)\"", text)
    assert re.findall(r"[A-Za-z]{2,}", " ".join([re.sub(r"<[^>]*>", " ", text), *labels])) == []


@pytest.mark.parametrize(
    "source",
    [
        'yield Pad("help", "open")',
        'self.notify(f"copied {count}")',
        'return "no answer here"',
        'Binding("f1", "help", "help", id="a.b", tooltip="chat.tip.help")',
        'link("yes" if meant else "no", "rate")',
        'TITLE = "Sources"',
    ],
)
def test_a_word_outside_is_found(tmp_path: Path, source: str) -> None:
    module = tmp_path / "face.py"
    module.write_text(f"def made():\n    {source}\n", encoding="utf-8")
    assert list(shown(module)) != []
