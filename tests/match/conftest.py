from __future__ import annotations

from functools import partial

import pytest

from dimchat.match import Matcher, Options
from dimchat.model import Aspect, Topic, Vocabulary

PHRASES = {
    "manager.pay": ["how much does a manager earn", "what is the salary of an imaging manager", "manager salary"],
    "manager.hours": ["when do managers work", "what are the working hours", "do managers work at night"],
    "manager.skills": ["what skills does a manager need", "qualities of a good manager"],
    "sonographer.pay": ["how much does a sonographer earn", "sonographer salary", "what do sonographers make"],
    "license.overview": ["which license is required", "does a technologist need a license"],
    "license.without": ["can I work without a license", "is it possible to do this with no license"],
    "conversation.thanks": ["thank you", "thanks a lot"],
    "conversation.doubt": ["why", "why not"],
}
OUTSIDE = {"outside.weather": ["what is the weather", "will it rain tomorrow", "is it cold outside"]}
VOCABULARY = Vocabulary(
    topics=(
        Topic("manager", "person", ("imaging manager", "manager", "radiology department manager", "boss")),
        Topic("sonographer", "person", ("sonographer", "ultrasound tech")),
        Topic("license", "credential", ("license",)),
    ),
    aspects=(
        Aspect("pay", "pay", ("salary", "earn", "how much")),
        Aspect("hours", "hours", ("working hours", "shift")),
    ),
    synonyms=(("salary", ("paycheck", "take home money")),),
    filler=("please", "you know"),
)


by_words = partial(Matcher.fit, options=Options(encoder=False))
"""Learns without the encoder, which most tests have no use for."""


@pytest.fixture(scope="session")
def lines() -> list[tuple[str, str]]:
    return [(text, intent) for intent, texts in PHRASES.items() for text in texts]


@pytest.fixture(scope="session")
def matcher(lines: list[tuple[str, str]]) -> Matcher:
    return by_words([t for t, _ in lines], [i for _, i in lines], outside=OUTSIDE, vocabulary=VOCABULARY)


@pytest.fixture(scope="session")
def bare(lines: list[tuple[str, str]]) -> Matcher:
    return by_words([t for t, _ in lines], [i for _, i in lines])
