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


@pytest.mark.parametrize(
    ("first", "then", "state"),
    [
        (
            "I'm a rad tech in Tennessee. How do I become an imaging manager?",
            "What does an imaging manager earn?",
            "TN",
        ),
        ("Hello from Georgia", "what do managers get paid", "GA"),
        ("We live in Oregon. What is a typical day like for a manager?", "so what would I make", "OR"),
        ("I work in a hospital in Kansas City, Missouri. Is the job stressful?", "what do imaging managers earn", "MO"),
        ("What do managers do here in Arizona?", "and how much do they make", "AZ"),
        ("i'm in ohio and I run CT. what is the CRA?", "How much do imaging managers make?", "OH"),
    ],
)
def test_where_somebody_is_fills_what_has_a_row_of_it(first: str, then: str, state: str) -> None:
    context = ASSISTANT.ask(first)[1]
    for said in ("hello", "what is a typical day", "what does the CRA cost", "how stressful is it", "hello", "hello"):
        context = ASSISTANT.ask(said, context)[1]
    if not then.startswith("and"):
        reply, after = ASSISTANT.ask(then, context)
        assert (reply.intents, dict(after.slots)["state"]) == (("manager.pay_by_state",), (state,))
    there, context = ASSISTANT.ask("what does an imaging manager earn in Texas?", context)
    assert (there.intents, dict(context.slots)["state"]) == (("manager.pay_by_state",), ("TX",))
    here, context = ASSISTANT.ask("does a CT tech need a license here", context)
    assert (here.intents, dict(context.slots)["state"]) == (("license.by_state",), (state,))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("My sister works in Ohio as a manager. What is a typical day?", "what do managers earn?"),
        ("I want to move to Oregon. What is a typical day?", "what do managers earn?"),
        ("What do managers make in Texas?", "what do rad techs earn"),
        ("I was born in Idaho. What is a typical day?", "what do managers earn?"),
        ("I'm a tech in Ohio. What is a typical day?", "what does a manager make in the whole country"),
    ],
)
def test_no_other_place_does(first: str, then: str) -> None:
    reply, _ = ASSISTANT.ask(then, ASSISTANT.ask(first)[1])
    assert reply.kind == "answer"
    assert not any(place in (reply.text or "") for place in ("Ohio", "Oregon", "Texas", "Idaho"))
