"""What is read aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.web.visitor.aloud import aloud
from dimchat.wording import catalogue_of

WORDS = catalogue_of("en")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("$123,000", "one hundred twenty-three thousand dollars"),
        ("over $123,860 a year", "over one hundred twenty-three thousand eight hundred sixty dollars a year"),
        ("a fee of $1", "a fee of one dollar"),
        ("$1.5 million", "one point five million dollars"),
        ("the ARRT and two MRIs", "the A R R T and two M R Is"),
        ("PACS and HIPAA", "PACS and HIPAA"),
        ("23% of them", "twenty-three percent of them"),
        ("7\u201310 years", "seven to ten years"),
        ("$90,000-$120,000", "ninety thousand dollars to one hundred twenty thousand dollars"),
        ("in May 2025", "in May twenty twenty-five"),
        ("2,025 beds", "two thousand twenty-five beds"),
        ("on 2026-11-24", "on November twenty-four, twenty twenty-six"),
        ("row 11-9111", "row 11-9111"),
        ("see https://www.bls.gov/x for more", "see for more"),
        ("- a point", "a point"),
        ("B2B and 3D", "B2B and 3D"),
    ],
)
def test_it_is_said_as_people_say_it(written: str, said: str) -> None:
    assert aloud([written], WORDS) == [said]


@given(st.text(max_size=200) | st.text("0123456789.,-$% A", max_size=40))
def test_any_text_can_be_said(text: str) -> None:
    assert all(line.strip() for line in aloud([text], WORDS))
