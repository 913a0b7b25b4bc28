from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.journal.details import RULES, may_hold_details
from dimchat.journal.redact import LONGEST, redact
from dimchat.pack import find_pack
from dimchat.regress import CASES_FOLDER, load_items
from dimchat.store import open_pack

PLANTED = [json.loads(line) for line in (Path(__file__).parent / "planted.jsonl").read_text("utf-8").splitlines()]


def test_at_least_95_of_100_planted_details_are_found() -> None:
    details = [(row["text"], detail) for row in PLANTED for detail in row["planted"]]
    missed = [detail for text, detail in details if detail.casefold() in redact(text).text.casefold()]
    assert len(details) >= 200
    assert len(missed) <= 0.05 * len(details), missed


@pytest.mark.parametrize("kind", sorted({row["kind"] for row in PLANTED}))
def test_no_kind_of_detail_is_missed_as_a_whole(kind: str) -> None:
    rows = [row for row in PLANTED if row["kind"] == kind]
    found = sum(row["planted"][0].casefold() not in redact(row["text"]).text.casefold() for row in rows)
    assert found >= 0.9 * len(rows)


def test_at_least_98_of_100_ordinary_questions_are_left_alone() -> None:
    root = find_pack(None)
    pack, _ = open_pack(root)
    asked = {item.ask for item in load_items((root / CASES_FOLDER,), root, pack)}
    changed = [text for text in asked if redact(text).found]
    assert len(asked) > 1000
    assert len(changed) <= 0.02 * len(asked), changed


@pytest.mark.parametrize(
    "text",
    [
        "what is 10 CFR 20.1101",
        "is 42 CFR 482.26 about imaging",
        "I'm Certified in MR and CT, what next",
        "i am an mr technologist",
        "do i need 24 CE credits every 2 years",
        "was the rule changed in 2024",
        "how is a 64-slice scanner better",
        "my name is on the list, what now",
        "I am Interested in the CRA",
        "does NFPA 99 apply",
        "who is Dr. who decides",
        "between 104,030 and 117,960 a year",
    ],
)
def test_what_only_looks_like_a_detail_stays(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("my name is Jane Doe and i need a degree", "my name is [name] and i need a degree"),
        ("mail me at a.b@c.org please", "mail me at [e-mail] please"),
        ("MRN 00482913 where is my scan", "MRN [number] where is my scan"),
        ("born on 3/14/1985, too old?", "born on [date], too old?"),
    ],
)
def test_the_question_around_a_detail_can_still_be_read(text: str, kept: str) -> None:
    assert redact(text).text == kept


@given(st.text())
def test_any_text_becomes_one_short_line_that_can_be_encoded(text: str) -> None:
    kept = redact(text).text
    assert len(kept) <= LONGEST
    assert "\n" not in kept
    assert "\x00" not in kept
    kept.encode()


@given(st.text(alphabet="abc 123-./@#()", max_size=400))
def test_what_was_taken_out_does_not_come_back(text: str) -> None:
    once = redact(text).text
    assert not [word for word in ("b@c.a", "123-12-3123") if word in redact(f"{text} {word}").text.split(" ")]
    assert len(redact(once).text) <= LONGEST


@pytest.mark.parametrize(
    "text", ["1" * 10_000, "a@" * 5000, "my name is " * 900, "1-" * 5000, "(" * 9999, "12 a " * 2000]
)
def test_hostile_text_costs_no_more_than_a_page(text: str) -> None:
    assert redact(text).text == redact(text[:600]).text


@given(st.sampled_from([row["text"] for row in PLANTED]), st.text(max_size=20))
def test_no_detail_hides_behind_the_quick_look(text: str, around: str) -> None:
    joined = f"{around} {text}"
    if not may_hold_details(" ".join(joined.split())):
        assert all(rule.pattern.sub(rule.replace, joined) == joined for rule in RULES)
