from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.language.sentences import first_sentence


@pytest.mark.parametrize(
    "text",
    [
        "Ask Dr. Osei at the front desk.| She is there until noon.",
        "The U.S. Mail limit is 70 lb. per parcel.| Bigger ones go by freight.",
        "We close at 5 p.m. on weekdays.| At noon on Saturdays.",
        "We close at 5 p.m.| On Saturdays we close at noon.",
        "Mail it to P.O. Box 5.| It is free.",
        "It ended in the U.S.| The rest went on.",
        "Bring e.g. a passport, i.e. a photo.| Then wait.",
        "See No. 5 on St. John Ave. in town.| It is red.",
        "No.| You cannot.",
        "Acme Inc. Chicago sells it.| Call them.",
        "It weighs approx. 3.5 kg.| Lift it.",
        "It costs $5.00 vs. $6.| Pay now.",
        "See Fig. 3 and vol. 2, pp. 3-4.| Then go.",
        "Open Mon. to Fri. from 9:30.| Closed 5:30.",
        "J. R. R. Tolkien wrote it.| It is long.",
        "Martin Luther King Jr. Library is open.| Come.",
        "Ask Smith et al. Cairo about it.| Or me.",
        "1. Go to the desk.| 2. Ask.",
        "Steps: 1. Go to A 2. Ask B 3. Leave.| Done.",
        "a. Go to the desk b. Ask",
        "Take vitamin C.| It helps.",
        "Visit www.example.org.| Then go.",
        "Write to a.b@example.org.| Or call.",
        "Use Node.js.| It works.",
        "Wait... Then go.| Done now.",
        "Wait \N{HORIZONTAL ELLIPSIS} then go.| Done.",
        'He said "Go."| Then he left.',
        'He said "Go. Now." and left.| So did I.',
        "It is so (see p. 4).| Then go.",
        "(See it. Then go.)| Next.",
        "**Bold. Still bold.**| Next.",
        "Read [this. Page](https://example.org/a. B) now.| Then go.",
        "Sure :) Then go.| Now.",
        "Really?!| Yes.",
        "Yahoo! is a site.| Bye.",
        "¿Qué?| ¡Sí!",
        "Öffnet z.B. um 9 Uhr.| Über Mittag zu.",
        "今日は休みです。|明日は開きます。",
        "「休みです。」|明日は開きます。",
        "هل هذا صحيح؟| نعم.",
        "यह सही है।| हाँ।",
        "डॉ. राम यहाँ हैं।| हाँ।",
        "Он на ул. Мира.",
        "First, open the app.| \N{PARTY POPPER} Done.",
        "Parking is at 10 Main St. Parking is free.",
        "one two three",
    ],
)
def test_a_sentence_ends_where_it_ends(text: str) -> None:
    first, _, rest = text.partition("|")
    assert first_sentence(first + rest) == first


@given(st.text(alphabet=st.sampled_from(" .!?Aa1()[]\"'*`\N{HORIZONTAL ELLIPSIS}。,:") | st.characters(), max_size=60))
def test_the_first_sentence_is_where_the_text_begins(text: str) -> None:
    found = first_sentence(text)
    assert text.startswith(found)
    assert not text.strip() or found.strip()


@pytest.mark.parametrize("text", ["a. " * 40_000, '"a. A"' * 20_000, "Dr. A " * 20_000, "((A. " * 20_000])
def test_a_long_text_takes_no_long_time(text: str) -> None:
    # Beyond what a short answer could be, nothing is looked at: without that, this would take minutes.
    assert text.startswith(first_sentence(text))
