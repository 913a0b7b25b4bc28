from __future__ import annotations

import json
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dimchat.files.yaml import MapNode
from dimchat.language.citations import Cited, bare, citations, malformed, uncited_figures, words_in
from dimchat.model import Intent, Phrase, Place, Topic, Vocabulary
from dimchat.pack import RULES, inspect_pack, load_pack
from dimchat.pack.draft import Draft, IntentDraft
from dimchat.pack.rules import Report
from dimchat.pack.rules.phrases import check_likeness, fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[str, str, str], None]
    Problems = Callable[[], list[str]]

LONG = "X" + "x" * 70
WORDS = " ".join(["words"] * 60)

ONE_WARNING = {
    "figure": (
        "answers/pay.yaml",
        "    words",
        "    They earn much.\n    It was $117,960 in 2024.\n    words",
        "uncited-figure answers/pay.yaml:5:12: the figure '$117,960' has no citation in its sentence or paragraph",
    ),
    "short without citation": (
        "answers/pay.yaml",
        "Enough to live. [@bls-ooh]",
        "Enough to live.",
        "uncited-short answers/pay.yaml:2:10: the short answer of manager.pay cites nothing",
    ),
    "long short": (
        "answers/pay.yaml",
        "Enough to live.",
        "Enough " * 36,
        "short-length answers/pay.yaml:2:10: the short answer has 36 words; 35 is the most",
    ),
    "brief text": (
        "answers/pay.yaml",
        WORDS,
        "brief [@guide]",
        "text-length answers/pay.yaml:3:9: the text has 1 words; 60 to 200 are right",
    ),
    "long text": (
        "answers/pay.yaml",
        WORDS,
        "long " * 201,
        "text-length answers/pay.yaml:3:9: the text has 201 words; 60 to 200 are right",
    ),
    "no review": (
        "answers/pay.yaml",
        "  review_by: 2027-11-24\n",
        "",
        "no-review-date answers/pay.yaml:1:7: manager.pay has no 'reviewed' or no 'review_by'",
    ),
    "source without use": (
        "answers/sources.yaml",
        "",
        "- id: spare\n  type: book\n  title: Spare\n",
        "unused-source answers/sources.yaml:12:7: no answer cites spare",
    ),
    "next to itself": (
        "intents/pay.yaml",
        "[manager.overview]",
        "[manager.overview, manager.pay]",
        "next-itself intents/pay.yaml:16:28: manager.pay suggests itself",
    ),
    "nothing leads to it": (
        "intents/pay.yaml",
        "  next: [manager.overview]\n",
        "",
        "unreached intents/role.yaml:1:7: no other intent suggests manager.overview; name it in a 'next'",
    ),
    "long title": (
        "intents/pay.yaml",
        "What does a manager earn?",
        LONG,
        "title-length intents/pay.yaml:2:10: the title has 71 characters; 70 is the most",
    ),
    "same title": (
        "intents/pay.yaml",
        "What does a manager earn?",
        "What IS a manager",
        "title-repeated intents/pay.yaml:2:10: manager.overview has the title 'What IS a manager' as well",
    ),
    "title that is a sentence": (
        "intents/pay.yaml",
        "What does a manager earn?",
        "A manager earns much.",
        "title-form intents/pay.yaml:2:10: nobody would pick 'A manager earns much.': write a question, or a label",
    ),
    "title that is an id": (
        "intents/pay.yaml",
        "What does a manager earn?",
        "manager pay",
        "title-form intents/pay.yaml:2:10: nobody would pick 'manager pay': write a question, or a label",
    ),
    "few phrases": (
        "intents/pay.yaml",
        "    - wages\n",
        "",
        "few-phrases intents/pay.yaml:4:5: manager.pay has 11 phrases; 12 is the least",
    ),
    "many phrases": (
        "intents/pay.yaml",
        "    - wages\n",
        "".join(f"    - {letter * 9}\n" for letter in "abcdefghijklmnopqrstuvwxyzàèìò"),
        "many-phrases intents/pay.yaml:4:5: manager.pay has 41 phrases; 40 is the most",
    ),
    "phrase twice": (
        "intents/pay.yaml",
        "- wages",
        "- What is the Salary?",
        "repeated-phrase intents/pay.yaml:8:7: the phrase 'What is the Salary?' stands already in intents/pay.yaml:4",
    ),
    "phrases alike": (
        "intents/pay.yaml",
        "- wages",
        "- describe a job to me this",
        (
            "similar-phrases intents/role.yaml:8:7: 'describe this job to me' of manager.overview is nearly "
            "'describe a job to me this' of manager.pay (intents/pay.yaml:8)"
        ),
    ),
    "name of two topics": (
        "intents/vocabulary.yaml",
        "aspects:",
        "  - id: chief\n    kind: person\n    names:\n      - Boss\naspects:",
        "shared-name intents/vocabulary.yaml:7:9: the topic chief has the name 'Boss' of manager",
    ),
    "comment in a phrase": (
        "intents/pay.yaml",
        "- wages",
        "- wages #1",
        "comment-after-text intents/pay.yaml:8:12: what follows ' #' is a comment; quote the text to keep it",
    ),
}


@pytest.mark.parametrize("fault", ONE_WARNING.values(), ids=list(ONE_WARNING))
def test_a_warning_is_all_that_is_said(
    fault: tuple[str, str, str, str], edit: Edit, problems: Problems, root: Path
) -> None:
    *change, message = fault
    edit(*change)
    assert problems() == [message]
    assert inspect_pack(root, None)[0] is not None
    assert RULES[message.partition(" ")[0]].severity == "warning"


def test_a_review_expires_the_day_after(root: Path) -> None:
    assert inspect_pack(root, date(2027, 11, 24))[1] == ()
    expired = inspect_pack(root, date(2027, 11, 25))[1]
    assert [str(problem) for problem in expired] == [
        "answers/pay.yaml:1:7: manager.pay was to be reviewed by 2027-11-24",
        "answers/role.yaml:1:7: manager.overview was to be reviewed by 2027-11-24",
    ]


def test_a_calibration_is_stale_when_the_intents_changed(root: Path, edit: Edit) -> None:
    edit("answers/pay.yaml", "Enough", "Plenty")
    assert inspect_pack(root, None)[1] == ()
    edit("intents/pay.yaml", "- wages", "- wage level")
    assert [problem.rule for problem in inspect_pack(root, None)[1]] == ["calibration-stale"]
    calibration = json.loads((root / "intents/calibration.json").read_text(encoding="utf-8"))
    calibration["digest"] = load_pack(root).learning_digest
    (root / "intents/calibration.json").write_text(json.dumps(calibration), encoding="utf-8")
    assert inspect_pack(root, None)[1] == ()


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("They earn $117,960 a year.", "$117,960"),
        ("It grew by 23% last year.", "23%"),
        ("It grew by 2.5 percent.", "2.5"),
        ("In 2024 it grew.", "2024"),
        ("About 40K jobs.", "40K"),
        ("Between 12-hour shifts.", "12"),
        ("Cited. [@a]\n\nThen 36 credits.", "36"),
        ("1. First 90 days\n2. Second", "90"),
        ("**Numbers**\n\nThere are 7.", "7"),
        ("Section 3 says 5 years.", "5"),
        ("Expected in mid-2027.", "2027"),
        ("At most 30mg of it.", "30mg"),
        ("24 hours of credit.", "24"),
    ],
)
def test_figures_that_need_a_citation(text: str, figure: str) -> None:
    found = list(uncited_figures(text))
    assert [wording for _, wording in found] == [figure]
    assert text[found[0][0] :].startswith(figure)


@pytest.mark.parametrize(
    "text",
    [
        "They earn $117,960 a year. [@a, Table 1]",
        "They earn $117,960. That is the median. [@a]",
        "Two things: [@a]\n\n- 5 years\n- 36 credits",
        "Two things:\n\n- 5 years [@a]\n- 36 credits [@a]",
        "**Rates in 2023**\n\nThey rose. [@a]",
        "## Rates in 2023\n\nThey rose. [@a]",
        "1. one\n2. two\n  10) ten",
        "A 24-hour service, 24/7, not 9-to-5.",
        "Call 911.",
        "42 CFR 482.26 and 21 CFR part 900 and 10 CFR § 20.1201(a)(1).",
        "Section 1834 of title 42, parts 410 and 414; §§ 3, 4.",
        "ICD-10, 3D, 3-D, Q3, H1N1, COVID-19, 21st century, PACS2, MRI3, CT64, 2019-nCoV, HL7.",
        "By ISO 9001, ISO/IEC 27001:2022 and IEC 60601-1, 24 hours a day.",
        "See https://example.org/2024/5 and `x = 5`.",
        "A 401(k).",
        "Zone 4 of the suite, level 2, step 3.",
        "No number at all.",
        "",
    ],
)
def test_figures_that_need_none(text: str) -> None:
    assert list(uncited_figures(text)) == []


def test_words_are_counted_as_a_person_reads_them() -> None:
    assert words_in("One two [@a, page 5; @b] - three.\n\n- *four* 5") == 5


def test_citations_are_taken_apart() -> None:
    text = "a [@x, p. 3; q; @y-z;\n@w.v , foo\n bar]. [@k]"
    assert [(found.source, found.locator) for found in citations(text)] == [
        ("x", "p. 3; q"),
        ("y-z", None),
        ("w.v", "foo bar"),
        ("k", None),
    ]
    assert all(text[found.start :].startswith(f"@{found.source}") for found in citations(text))
    assert list(malformed(text)) == []
    assert next(citations("[@a]")) == Cited("a", None, 1)


@pytest.mark.parametrize("text", ["[@]", "[@ a]", "[@a b]", "[@a;]", "[@a; b]", "[@a,]"])
def test_malformed_citations(text: str) -> None:
    assert [text[start:] for start, _ in malformed(text)] == [text[1:]]


def test_names_outside_brackets() -> None:
    assert [name for _, name in bare("@a and (@b-c). [@d] [ @e] mail@f.org [@g, [1]]")] == ["a", "b-c", "e", "g"]


def test_folding_leaves_out_what_makes_no_difference() -> None:
    assert fold("What\u2019s the  CRA-exam?") == fold("whats the cra exam")
    assert fold("ﬁne") == "fine"
    assert fold("?") != fold("!")


def lines_of(phrases: dict[str, list[str]]) -> Draft:
    draft = Draft(frozenset())
    count = 0
    for name, texts in phrases.items():
        placed = []
        for text in texts:
            count += 1
            placed.append(Phrase(text, Place("intents/x.yaml", count)))
        draft.intents.append(IntentDraft(Intent(name, "x", name, tuple(placed)), MapNode({}, Place("x"))))
    return draft


def alike(draft: Draft) -> list[str]:
    report = Report()
    check_likeness(draft, report)
    return [str(problem) for problem in report.problems]


def test_likeness_is_reported_once_and_across_intents_only() -> None:
    near = ["when must i renew my membership card", "when must i renew my membership cards"]
    assert alike(lines_of({"a.b": near})) == []
    assert alike(lines_of({"a.b": near[:1], "a.c": near[1:]})) == [
        (
            "intents/x.yaml:2:1: 'when must i renew my membership cards' of a.c is nearly "
            "'when must i renew my membership card' of a.b (intents/x.yaml:1)"
        )
    ]
    assert alike(lines_of({"a.b": near[:1], "a.c": ["where can i park"]})) == []


def test_a_word_that_names_the_topic_tells_phrases_apart() -> None:
    draft = lines_of({"cra.renewal": ["how do i renew my cra"], "crt.renewal": ["how do i renew my crt"]})
    assert len(alike(draft)) == 1
    draft.vocabulary = Vocabulary(topics=(Topic("cra", "credential", ("CRA",)),))
    assert alike(draft) == []


def test_a_number_tells_phrases_apart() -> None:
    assert alike(lines_of({"a.b": ["read 10 cfr 20.1101"], "a.c": ["read 10 cfr 20.1201"]})) == []


def test_three_thousand_phrases_are_compared_quickly() -> None:
    stems = ["how do i", "what is", "tell me about", "where can i find", "is it worth to"]
    draft = lines_of(
        {
            f"a.b{n}": [f"{stems[n % 5]} {n * 7919 % 1000} thing {k * 31} of {n * k} kinds" for k in range(20)]
            for n in range(150)
        }
    )
    started = time.perf_counter()
    check_likeness(draft, Report())
    # Comparing every pair in Python would take minutes.
    assert time.perf_counter() - started < 5
