from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.journal.record.redact import LONGEST, RULES, may_hold_details, reading, redact, rules_for
from dimchat.pack import find_pack, load_pack
from dimchat.quality import CASES_FOLDER, load_items

PLANTED = [json.loads(line) for line in (Path(__file__).parent / "planted.jsonl").read_text("utf-8").splitlines()]
WRITTEN = [json.loads(line) for line in (Path(__file__).parent / "written.jsonl").read_text("utf-8").splitlines()]
ORDINARY = (Path(__file__).parent / "ordinary.txt").read_text("utf-8").splitlines()
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u2043\u30fc"
BLANKS = " \u00a0\u2002\u2003\u2009\u200a\u202f\u205f\u3000\u2800"
DOTS = ".\uff0e\u3002\uff61\u2024\u00b7\u2022\u2219\u30fb"
GAPS = [*DASHES, *BLANKS, *DOTS, "/", " - ", " \u2013 ", " . ", "_"]
GROUPED = [
    ("555", "012", "3456"),
    ("1", "614", "555", "0199"),
    ("555", "012", "34", "56"),
    ("020", "7946", "0958"),
    ("+44", "20", "7946", "0958"),
    ("07700", "900", "123"),
    ("0171", "123", "45", "67"),
    ("219", "09", "9999"),
    ("4242", "4242", "4242", "4242"),
    ("3782", "822463", "10005"),
    ("DE89", "3704", "0044", "0532", "0130", "00"),
    ("GB29", "NWBK", "6016", "1331", "9268", "19"),
]
CARRIERS = [
    "{}",
    "my number is {}",
    "ok so it is {} - how do i become a manager?",
    "({}) what is the pay",
    "{}, right?",
]


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
    asked = {item.ask for item in load_items((root / CASES_FOLDER,), root, load_pack(root))}
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


def test_at_least_97_of_100_details_are_found_however_they_are_written() -> None:
    details = [(row["text"], detail) for row in WRITTEN for detail in row["planted"]]
    missed = [text for text, detail in details if detail.casefold() in redact(text).text.casefold()]
    assert len(missed) <= 0.03 * len(details), missed


def test_at_least_99_of_100_ordinary_lines_of_the_trade_are_left_alone() -> None:
    touched = [(text, redact(text).text) for text in ORDINARY if redact(text).text != text]
    assert len(touched) <= 0.01 * len(ORDINARY), touched


@pytest.mark.parametrize(
    "text",
    [
        "we record 1200 scans a week",
        "is suite 200 big enough for an MRI",
        "can i drive 30 miles one way",
        "Can I Drive 30 Miles One Way",
        "a 64 slice ct way better than 16",
        "can a unit 3 technologist manage",
        "we staff 1500 people",
        "72 hours of ce every 2 years",
        "71045 vs 71046",
        "2024\u201325 budget",
    ],
)
def test_numbers_of_the_trade_stay_as_they_were_typed(text: str) -> None:
    assert redact(text).text == text


@given(st.sampled_from(GROUPED), st.sampled_from(GAPS), st.sampled_from(CARRIERS))
def test_numbers_are_found_with_any_dash_dot_and_blank(groups: tuple[str, ...], gap: str, carrier: str) -> None:
    kept = redact(carrier.format(gap.join(groups))).text
    assert not [group for group in groups[1:] if len(group) > 2 and group in kept]


@given(
    st.sampled_from(["jane.roe", "jroe22", "jane_roe", "jane dot roe", "jane(dot)roe", "j-roe"]),
    st.sampled_from(
        ["@", " @ ", "\uff20", "\ufe6b", "(at)", " [at] ", "{at}", " <at> ", " at ", " AT ", "_at_", "-at-"]
    ),
    st.sampled_from([*DOTS, " dot ", "(dot)", " [dot] ", "[.]"]),
    st.sampled_from(["{}", "my email is {}", "please write to {} about pay", "{} - what is the cra"]),
)
def test_mail_addresses_are_found_with_any_sign_or_word(local: str, at: str, dot: str, carrier: str) -> None:
    kept = redact(carrier.format(f"{local}{at}example{dot}com")).text
    assert "roe" not in kept
    assert "example" not in kept


@given(st.sampled_from([row["text"] for row in PLANTED if row["kind"] != "name"]))
def test_full_width_and_what_is_not_seen_hide_nothing(text: str) -> None:
    wide = "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)
    assert redact(wide).text == redact(text).text
    assert redact("\u200b".join(text)).text == redact(text).text


@given(
    st.integers(2, 9999), st.sampled_from(["scans", "people", "exams a week", "patients", "hours", "dollars", "beds"])
)
def test_what_is_counted_is_no_detail(number: int, counted: str) -> None:
    for text in (f"we record {number} {counted}", f"our staff do {number} {counted}", f"policy {number} {counted}"):
        assert redact(text).text == text


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_what_is_read_is_one_line_and_reads_the_same_again(text: str) -> None:
    once = reading(text)
    assert reading(once) == once
    assert "\n" not in once


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


@given(st.sampled_from([row["text"] for row in (*PLANTED, *WRITTEN)]), st.text(max_size=20))
def test_no_rule_that_is_left_out_would_have_found_something(text: str, around: str) -> None:
    joined = reading(f"{around} {text}")
    left_out = [rule for rule in RULES if rule not in rules_for(joined)]
    assert all(rule.pattern.sub(rule.replace, joined) == joined for rule in left_out)


@given(st.sampled_from([reading(row["text"]) for row in (*PLANTED, *WRITTEN)]), st.text(max_size=20))
def test_no_detail_hides_behind_the_quick_look(text: str, around: str) -> None:
    joined = f"{around} {text}"
    if not may_hold_details(" ".join(joined.split())):
        assert all(rule.pattern.sub(rule.replace, joined) == joined for rule in RULES)
