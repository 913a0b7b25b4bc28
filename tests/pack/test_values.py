"""Format 2: values that stand once, marks, variants, drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.errors import PackError
from dimchat.language.markup import marks, references, stray_marks, worded
from dimchat.model import Value, Variant
from dimchat.pack import inspect_pack, load_pack
from dimchat.pack.values import Values
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[str, str, str], None]
    Problems = Callable[[], list[str]]

SAID = catalogue_of("en").below("reply.mark")
VALUES = """\
- {id: pay.median, value: "$123,860", source: bls-ooh, locator: row 2, as_of: 2025-05}
- id: pay.low
  value: $73,390
  source: guide
"""


@pytest.fixture
def second(root: Path, edit: Edit) -> Path:
    """The small pack in format 2, with two values of which an answer shows one and another cites the other."""
    edit("pack.yaml", "name: toy\n", "format: 2\nname: toy\nreaders:\n  employer: I hire\n")
    (root / "answers" / "values.yaml").write_text(VALUES, encoding="utf-8")
    edit(
        "answers/pay.yaml", "Enough to live. [@bls-ooh]", "It is {{pay.median}} in {{pay.median.as_of}}. [@pay.median]"
    )
    edit("answers/role.yaml", "[@guide, page 3; @bls-ooh]", "[@pay.low, page 3; @bls-ooh; @pay.median, row 7]")
    return root


def test_answers_show_values_and_cite_their_sources(second: Path, problems: Problems) -> None:
    pack = load_pack(second)
    pay, overview = pack.answer["manager.pay"], pack.answer["manager.overview"]
    assert pay.short == "It is $123,860 in May 2025. [@bls-ooh, row 2]"
    assert "[@guide, page 3; @bls-ooh; @bls-ooh, row 7]" in overview.text
    assert (pay.values, overview.values) == (("pay.median",), ("pay.low", "pay.median"))
    assert pack.value["pay.low"] == Value("pay.low", "$73,390", "guide", place=pack.value["pay.low"].place)
    assert (pack.format, pack.readers) == (2, (("employer", "I hire"),))
    assert problems() == []


FAULTS = {
    "unknown value": (
        ("answers/pay.yaml", "{{pay.median}}", "{{pay.medain}}"),
        "unknown-value answers/pay.yaml:2:16: unknown value 'pay.medain', did you mean 'pay.median'?",
    ),
    "date of a value that has none": (
        ("answers/pay.yaml", "{{pay.median.as_of}}", "{{pay.low.as_of}}"),
        "unknown-value answers/pay.yaml:2:34: the value 'pay.low' has no date to show; give it an 'as_of'",
    ),
    "unknown value in a citation": (
        ("answers/pay.yaml", "[@pay.median]", "[@pay.meidan]"),
        "unknown-source answers/pay.yaml:2:57: unknown source 'pay.meidan', did you mean 'pay.median'?",
    ),
    "source of a value": (
        ("answers/values.yaml", "source: guide", "source: gide"),
        "unknown-source answers/values.yaml:4:11: unknown source 'gide', did you mean 'guide'?",
    ),
    "a value and a source with one id": (
        ("answers/values.yaml", "id: pay.low", "id: guide"),
        (
            "duplicate-id answers/values.yaml:2:7: the id 'guide' is that of a source; "
            "a citation could not tell the two apart"
        ),
    ),
    "unused value": (
        ("answers/values.yaml", "", "- {id: fee, value: $3, source: guide}\n"),
        "unused-value answers/values.yaml:5:8: no answer shows or cites fee",
    ),
    "a name that rows have": (
        ("answers/values.yaml", "", "- {id: row.fee, value: $3, source: guide}\n"),
        (
            "bad-id answers/values.yaml:5:8: 'row.fee' must be lower-case letters, digits, dots and _, such as "
            "fee.late; it does not begin with row., rows. or slot."
        ),
    ),
    "no month": (
        ("answers/values.yaml", "2025-05", "2025-13"),
        (
            "bad-date answers/values.yaml:1:79: '2025-13' is not a date; "
            "write YYYY, YYYY-MM or YYYY-MM-DD, such as 2026-11"
        ),
    ),
    "unknown mark": (
        ("answers/pay.yaml", "It is ", "Or [Roughly]{.estmate} it is "),
        (
            "bad-mark answers/pay.yaml:2:22: unknown mark 'estmate'; there are estimate and advice, "
            "did you mean 'estimate'?"
        ),
    ),
    "a mark without words": (
        ("answers/pay.yaml", "It is ", "Roughly{.estimate} it is "),
        ("bad-mark answers/pay.yaml:2:17: '{.estimate}' marks nothing: the words before it stand in square brackets"),
    ),
    "pay as an estimate": (
        ("answers/pay.yaml", "It is ", "Or [Some $90,000]{.estimate} or "),
        (
            "marked-figure answers/pay.yaml:2:19: '$90,000' in words that are marked as estimate: "
            "such a figure needs a source"
        ),
    ),
    "figure by value without a citation": (
        ("answers/pay.yaml", " [@pay.median]", " [Ask.]{.advice}"),
        (
            "uncited-figure answers/pay.yaml:2:16: the figure '{{pay.median}}' has no citation in its sentence or "
            "paragraph"
        ),
    ),
    "unknown reader": (
        ("answers/pay.yaml", "", "  variants:\n    employr:\n      short: Pay it. [@guide]\n      text: Pay it.\n"),
        "unknown-reader answers/pay.yaml:8:5: unknown reader 'employr', did you mean 'employer'?",
    ),
    "an answer with a mistyped flag": (
        ("answers/pay.yaml", "", "  draft: yes\n"),
        "bad-value answers/pay.yaml:7:10: 'yes' is none of true, false",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place(second: Path, edit: Edit, problems: Problems, name: str) -> None:
    change, expected = FAULTS[name]
    assert second.is_dir()
    edit(*change)
    assert expected in problems()


def test_without_a_format_nothing_of_the_second_is_read(root: Path, edit: Edit, problems: Problems) -> None:
    edit("answers/pay.yaml", "  reviewed: 2026-11-24", "  as_of: 2025\n  reviewed: 2026-11-24")
    edit("answers/role.yaml", "Someone who leads.", "Someone {{who}} leads.")
    (root / "answers" / "values.yaml").write_text(VALUES, encoding="utf-8")
    found = problems()
    assert "needs-format answers/pay.yaml:5:3: 'as_of' needs 'format: 2' in pack.yaml" in found
    assert any(problem.startswith("placeholder answers/role.yaml:2:") for problem in found)
    assert any(problem.startswith("unknown-category answers/values.yaml") for problem in found)


def test_a_newer_format_is_refused_in_one_sentence(root: Path, edit: Edit) -> None:
    edit("pack.yaml", "name: toy\n", "format: 3\nname: toy\nnew: key\n")
    with pytest.raises(PackError) as caught:
        load_pack(root)
    message = "pack.yaml:1:9: the pack has format 3, and this dimchat reads up to 2: use a newer one"
    assert [str(problem) for problem in caught.value.problems] == [message]
    assert [problem.rule for problem in inspect_pack(root, None)[1]] == ["newer-format"]


def test_a_draft_is_neither_shown_nor_learnt_nor_suggested(second: Path, edit: Edit) -> None:
    before = load_pack(second)
    edit("answers/pay.yaml", "", "  draft: true\n")
    pack = load_pack(second)
    assert pack.drafts == ("manager.pay",)
    assert "manager.pay" not in pack.answer
    assert "manager.pay" not in pack.intent
    assert pack.intent["manager.overview"].next == ()
    assert pack.learning_digest != before.learning_digest


def test_variants_show_values_too(second: Path, edit: Edit, problems: Problems) -> None:
    short, text = "Offer {{pay.median}}. [@pay.median]", "Offer it. [Write it into the posting.]{.advice}"
    edit("answers/pay.yaml", "", f"  variants:\n    employer:\n      short: '{short}'\n      text: '{text}'\n")
    variants = load_pack(second).answer["manager.pay"].variants
    assert variants == (Variant("employer", "Offer $123,860. [@bls-ooh, row 2]", text),)
    assert problems() == []


def test_one_edit_of_a_value_moves_the_digest_and_nothing_that_is_learnt(second: Path, edit: Edit) -> None:
    before = load_pack(second)
    edit("answers/values.yaml", "$123,860", "$125,000")
    after = load_pack(second)
    assert after.digest != before.digest
    assert after.learning_digest == before.learning_digest
    moved = [one.id for one, other in zip(after.answers, before.answers, strict=True) if one[:3] != other[:3]]
    assert moved == ["manager.pay"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It takes [two days]{.estimate}.", "It takes two days (our estimate)."),
        ("[Ask early.]{.advice} Then", "Ask early (our advice). Then"),
        ("[See [a page](https://a.example) first]{.advice}", "See [a page](https://a.example) first (our advice)"),
        ("a [link](https://a.example) [@x]", "a [link](https://a.example) [@x]"),
    ],
)
def test_marks_are_said_behind_their_words(text: str, said: str) -> None:
    assert worded(text, SAID) == said


@given(st.text(alphabet="[]{}.@ab \n", max_size=60))
def test_any_text_can_be_read_for_marks_and_values(text: str) -> None:
    for mark in marks(text):
        assert text[mark.start :].startswith(mark.words)
    for one in references(text):
        assert text[one.start :].startswith(one.written)
    for start, wording_ in stray_marks(text):
        assert text[start:].startswith(wording_)
    assert Values([Value("ab", "$3", "b")]).filled(text).count("{{ab}}") == 0
    if not list(marks(text)):
        assert worded(text, SAID) == text
