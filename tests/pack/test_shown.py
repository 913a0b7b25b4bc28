"""What a pack says and no face can show as it was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.pack import inspect_pack

if TYPE_CHECKING:
    from pathlib import Path


def added(root: Path, file: str, text: str) -> list[str]:
    """Return what is said of a pack with a text in the place of the first `words words` of a file, or of its title."""
    path = root / file
    before = path.read_text(encoding="utf-8")
    for old in ("words words", "Toy Manager", "What is a manager?", "the weather", "The guide"):
        if old in before:
            path.write_text(before.replace(old, text, 1), encoding="utf-8")
            break
    else:
        raise AssertionError(file)
    found = [str(problem) for problem in inspect_pack(root, None)[1] if problem.rule in RULES]
    return [message.partition(": ")[2] for message in found]


RULES = frozenset({"image", "raw-html", "placeholder", "control-character"})
ANSWER = "answers/role.yaml"
HTML = "is shown as it is written: HTML is not read, and a placeholder is to be filled in"
LEFT = "is a placeholder that nobody filled in"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("see ![the plan](plan.png)", "an image; of it, faces show the description alone, 'the plan'"),
        ("see <b>this", f"'<b>' {HTML}"),
        ("see <!-- ask Ann -->", f"'<!-- ask Ann -->' {HTML}"),
        ("call <your number>", f"'<your number>' {HTML}"),
        ("call {{phone}}", f"'{{{{phone}}}}' {LEFT}"),
        ("call [[phone]]", f"'[[phone]]' {LEFT}"),
        ("call [insert phone here]", f"'[insert phone here]' {LEFT}"),
        ("call TODO", f"'TODO' {LEFT}"),
        ("call XXX-XXXX", f"'XXX' {LEFT}"),
        ("Lorem ipsum dolor", f"'Lorem ipsum' {LEFT}"),
        ("call ____", f"'____' {LEFT}"),
        ("call {phone}", f"'{{phone}}' {LEFT}"),
        ("call ${PHONE}", f"'${{PHONE}}' {LEFT}"),
        ("call %(phone)s", f"'%(phone)s' {LEFT}"),
        ("ask [Name], at [phone number]", f"'[Name]' {LEFT}"),
        ("call CHANGEME", f"'CHANGEME' {LEFT}"),
    ],
)
def test_an_answer_that_cannot_be_shown_is_named(root: Path, text: str, message: str) -> None:
    assert message in added(root, ANSWER, text)


@pytest.mark.parametrize(
    "text",
    [
        "type `{{phone}}`, `<b>` and `![x](y)`",
        "see [[1]](https://x.org/a_(b)), <https://x.org> and <me@x.org>",
        "a < b, 2 <3 and a todo list",
        "ask [the manager] for [name](https://x.org), [sic] {.advice}, a set {1, 2}",
        "R&amp;D &copy; &nbsp;",
    ],
)
def test_what_can_be_shown_is_left_alone(root: Path, text: str) -> None:
    assert added(root, ANSWER, text) == []


@pytest.mark.parametrize(
    ("entity", "code"), [("&#x202e;", "U+202E"), ("&shy;", "U+00AD"), ("&#8203;", "U+200B"), ("&rlm;", "U+200F")]
)
def test_an_entity_hides_nothing(root: Path, entity: str, code: str) -> None:
    assert f"{entity} stands for an invisible character, {code}; take it out" in added(root, ANSWER, f"5{entity}0")


@pytest.mark.parametrize("file", ["pack.yaml", "intents/role.yaml", "intents/outside.yaml", "answers/sources.yaml"])
@pytest.mark.parametrize("text", ["see <b>this</b>", "see ![the plan](plan.png)"], ids=["html", "image"])
def test_a_title_has_no_markup_either(root: Path, file: str, text: str) -> None:
    (message, *_) = added(root, file, text)
    assert "is shown as it is written" in message


@pytest.mark.parametrize(
    "file", ["pack.yaml", "intents/role.yaml", "intents/outside.yaml", "answers/sources.yaml", ANSWER]
)
@pytest.mark.parametrize("text", ["TODO {{name}}", "05\u202e $", "a\u200bb"], ids=["placeholder", "override", "space"])
def test_every_text_of_a_pack_is_looked_at(root: Path, file: str, text: str) -> None:
    (message, *_) = added(root, file, text)
    assert ("'TODO'" if "TODO" in text else f"U+{ord(text[2] if '05' in text else text[1]):04X}") in message
