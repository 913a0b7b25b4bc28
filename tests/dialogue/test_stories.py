"""Long personal messages to the bundled pack, whose question is not what most of their words are about."""

from __future__ import annotations

import pytest

from dimchat.index import open_assistant

ASSISTANT = open_assistant()
ELSEWHERE = {
    "Our union contract is up in June and people talk of a strike. What skills does an imaging manager need?": (
        "manager.skills"
    ),
    "I faint when I see blood and always have. Do managers have to deal with patients?": "manager.patient_care",
    "Our director fought over the budget all last year and nearly quit. How long does it take to become a manager?": (
        "manager.time"
    ),
    "We are short four techs and our nurses were let go last month. How much does a director of imaging make?": (
        "director.pay"
    ),
    "My friend is a sonographer and she loves her schedule, three twelves a week. What does the CRA exam cost?": (
        "cra.cost"
    ),
    "The PACS went down three times and the radiologists were screaming. Does a manager need a master's degree?": (
        "manager.masters"
    ),
    "They pay our lead two dollars more an hour and she hates it. How do I prepare for the interview?": (
        "manager.interview"
    ),
}
PLACES = {
    "My cousin in Dallas quit being a manager because of the stress. What license do I need in Ohio?": (
        "license.by_state",
        "OH",
    ),
    "Hm, my manager works sixty hours a week and misses ballgames. And what do managers get in Tennessee, roughly?": (
        "manager.pay_by_state",
        "TN",
    ),
    "The night shift here is a mess and everybody calls in sick on weekends. What does a manager make in Georgia?": (
        "manager.pay_by_state",
        "GA",
    ),
    "I moved from Texas to Ohio last year and hate the snow. What do managers make in Texas?": (
        "manager.pay_by_state",
        "TX",
    ),
    "I live in Ohio and I am a CT tech with ten years behind me. How much do imaging managers make?": (
        "manager.pay_by_state",
        "OH",
    ),
}


@pytest.mark.parametrize(("said", "meant"), ELSEWHERE.items())
def test_a_story_is_answered_with_what_its_last_sentence_asks(said: str, meant: str) -> None:
    assert ASSISTANT.ask(said)[0].intents == (meant,)


@pytest.mark.parametrize(("said", "meant"), PLACES.items())
def test_the_place_of_the_question_goes_before_that_of_the_story(said: str, meant: tuple[str, str]) -> None:
    reply, context = ASSISTANT.ask(said)
    assert (reply.intents, dict(context.slots)["state"]) == ((meant[0],), (meant[1],))
