"""What is promised of any conversation, held with the bundled pack and with more of it than single replies show."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dimchat.dialogue import Assistant
from dimchat.index import open_assistant
from dimchat.model import Context, Kind, Reply

from .conftest import Overlap, small_pack

ASSISTANT = open_assistant()
PACK = ASSISTANT.pack
ABOUT_THE_LAST = {"conversation.more", "conversation.repeat", "conversation.sources"}
NAMES = [name for topic in PACK.vocabulary.topics for name in topic.names]
CUES = [cue for aspect in PACK.vocabulary.aspects for cue in aspect.cues]
PHRASES = [phrase.text for intent in PACK.intents for phrase in intent.phrases]
LINES = [phrase.text for group in PACK.outside for phrase in group.phrases]
FRAMES = ["and", "what about", "no i meant", "not", "back to", "it", "they", "1", "9", "none of these", "more", "why"]
BEFORE = ["how much do sonographers make", "license", "what is the CRA"]
SOME = 3
TITLES = [intent.title for intent in PACK.browsable]

pieces = st.lists(st.sampled_from([*NAMES, *CUES, *FRAMES]), min_size=1, max_size=4).map(" ".join)
messages = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(LINES),
    pieces,
    st.sampled_from(FRAMES),
    st.text(st.characters(codec="utf-8"), max_size=30),
)
conversations = st.lists(messages, min_size=1, max_size=6)
briefly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def held(turns: list[str]) -> list[tuple[Context, Reply, Context]]:
    """Return, for each turn, the context before it, the reply, and the context after it."""
    context, result = Context(), []
    for turn in turns:
        before = context
        reply, context = ASSISTANT.ask(turn, before)
        result.append((before, reply, context))
    return result


@briefly
@given(conversations)
def test_every_reply_is_one_of_the_five_kinds_and_offers_intents(turns: list[str]) -> None:
    for _, reply, after in held(turns):
        assert reply.kind in get_args(Kind)
        assert {option.intent for option in reply.options} <= set(PACK.answer)
        assert {entry.intent for entry in reply.suggestions} <= set(PACK.answer)
        assert after.options == tuple(option.intent for option in reply.options)
        assert after.suggestions == tuple(entry.intent for entry in reply.suggestions)


@briefly
@given(conversations, st.sampled_from(["tell me more", "say that again", "what are your sources"]))
def test_about_is_the_last_answer_wherever_it_is_set(turns: list[str], follow_up: str) -> None:
    for before, reply, _ in held([*turns, follow_up]):
        refers = bool(set(reply.intents) & ABOUT_THE_LAST)
        assert reply.about is None or reply.about == before.last[0]
        assert reply.about is None or refers or reply.kind == "smalltalk"
        if refers and before.last and before.age < 5:
            assert reply.about == before.last[0]


@briefly
@given(conversations)
def test_context_leans_on_nothing_that_was_not_answered_or_offered(turns: list[str]) -> None:
    seen: set[str] = set()
    for _, reply, after in held(turns):
        seen |= {i.partition(".")[0] for i in (*reply.intents, *after.options)}
        assert after.topic is None or after.topic in seen
        assert set(after.last) <= set(PACK.answer)


@briefly
@given(conversations)
def test_suggestions_are_two_to_four_fresh_ones_with_next_first(turns: list[str]) -> None:
    for _, reply, after in held(turns):
        if reply.kind != "answer" or reply.unsure or reply.unanswered or after.language:
            continue  # what is near comes first there, and in another language what is said in it
        suggested = [entry.intent for entry in reply.suggestions]
        assert 2 <= len(suggested) == len(set(suggested)) <= 4
        assert set(suggested).isdisjoint(after.answered)
        fresh = [i for i in PACK.intent[reply.intents[-1]].next if i not in after.answered]
        assert suggested[: len(fresh)] == fresh[:4]


@briefly
@given(conversations)
def test_the_same_turns_give_the_same_replies_whatever_was_asked_before(turns: list[str]) -> None:
    first = held(turns)
    held([*reversed(turns), "what is the CRA"])
    assert held(turns) == first


@briefly
@given(conversations)
def test_an_assistant_keeps_nothing_of_a_conversation(turns: list[str]) -> None:
    pack = small_pack()
    used, context = Assistant(pack, Overlap(pack)), Context()
    for turn in turns:
        _, context = used.ask(turn, context)
    new = Assistant(pack, Overlap(pack))
    assert used.ask("and the exam?", context) == new.ask("and the exam?", context)


@briefly
@given(conversations, st.sampled_from(TITLES))
def test_a_title_is_answered_the_same_after_any_conversation(turns: list[str], question: str) -> None:
    within, _ = ASSISTANT.ask(question, held(turns)[-1][2])
    alone, _ = ASSISTANT.ask(question)
    assert (within.kind, within.intents) == (alone.kind, alone.intents)


@pytest.mark.parametrize("before", BEFORE)
def test_a_phrase_that_names_its_topic_is_answered_the_same_in_a_conversation(before: str) -> None:
    _, context = ASSISTANT.ask(before)
    changed = []
    for intent in PACK.browsable:
        for phrase in intent.phrases[:SOME]:
            alone = ASSISTANT.explain(phrase.text)
            stands = alone.kind == "answer" and intent.topic in alone.topics and not alone.pronouns
            # A bare name takes over what was asked before.
            stands = stands and not ASSISTANT.understand(phrase.text).message.bare
            if stands and ASSISTANT.ask(phrase.text, context)[0].intents != alone.intents:
                changed.append(phrase.text)
    assert changed == []


@pytest.mark.parametrize("silence", range(7))
def test_topic_and_last_answer_are_kept_for_five_turns_and_shown_by_explain(silence: int) -> None:
    after = held(["what is the CRA", *["hello"] * silence])[-1][2]
    shown = ASSISTANT.explain("how do i renew it", after).context
    assert (shown.topic, shown.last) == (("cra", ("cra.overview",)) if silence < 5 else (None, ()))


@briefly
@given(st.lists(st.sampled_from(LINES), min_size=3, max_size=3, unique=True))
def test_three_declines_in_a_row_all_differ(turns: list[str]) -> None:
    replies = [reply for _, reply, _ in held(turns)]
    if all(reply.kind == "decline" for reply in replies):
        assert len({reply.text for reply in replies}) == 3
