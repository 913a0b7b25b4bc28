from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dimchat.dialogue import Assistant
from dimchat.index import open_assistant
from dimchat.language.tokens import stem, words
from dimchat.model import Context, Reply

from .conftest import ASPECTS, INTENTS, OUTSIDE, TOPICS, Overlap, small_pack

PACK = small_pack()
ASSISTANT = Assistant(PACK, Overlap(PACK))
BUNDLED = open_assistant()
PACK_BUNDLED = BUNDLED.pack
TITLES = [pytest.param(intent.title, id=intent.id) for intent in PACK_BUNDLED.browsable]
OPENINGS = ["what is the CRA", "how much do sonographers make", "what are the mri zones", "do managers need a license"]
PHRASES = [p.text for i in INTENTS for p in i.phrases] + [p.text for g in OUTSIDE for p in g.phrases]
WORDS = [n for t in TOPICS for n in t[2]] + [c for _, cues in ASPECTS.values() for c in cues]
GLUE = [
    "and",
    "what about",
    "it",
    "they",
    "not the",
    "no i meant",
    "back to the",
    "?",
    "how",
    "0",
    "1",
    "7",
    "the other one",
]

fragments = st.lists(st.sampled_from(WORDS + GLUE), min_size=1, max_size=5).map(" ".join)
any_text = st.text(st.characters(codec=None), max_size=40)
messages = st.one_of(st.sampled_from(PHRASES), fragments, any_text)
conversations = st.lists(messages, min_size=1, max_size=7)
quickly = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def held(turns: list[str]) -> list[tuple[Reply, Context]]:
    context, result = Context(), []
    for turn in turns:
        reply, context = ASSISTANT.ask(turn, context)
        result.append((reply, context))
    return result


@quickly
@given(conversations)
def test_every_reply_is_sound(turns: list[str]) -> None:
    seen: set[str] = set()
    for turn, (reply, context) in zip(turns, held(turns), strict=True):
        assert reply.question == turn
        assert reply.text
        assert 0 <= reply.confidence <= 1
        assert (reply.kind == "answer") == bool(reply.citations and reply.about is None)
        assert all(i in PACK.answer for i in reply.intents) or reply.kind in {"smalltalk", "safety"}
        assert bool(reply.intents) == (reply.kind in {"answer", "smalltalk", "safety"})
        assert all(option.intent in PACK.answer for option in reply.options)
        assert (2 <= len(reply.options) <= 5) == (reply.kind == "clarify")
        assert [option.number for option in reply.options] == list(range(1, len(reply.options) + 1))
        assert len(reply.suggestions) <= 4
        if reply.kind == "answer":
            assert len(reply.suggestions) >= 2
        assert reply.about is None or reply.intents[0] in {
            "conversation.more",
            "conversation.repeat",
            "conversation.sources",
        }
        assert reply.outside is None or reply.kind == "decline"
        seen |= {i.partition(".")[0] for i in (*reply.intents, *context.options)}
        assert context.topic is None or context.topic in seen
        assert (reply.topic, reply.aspect) == (context.topic, context.aspect)


@quickly
@given(conversations)
def test_same_turns_give_the_same_replies(turns: list[str]) -> None:
    assert held(turns) == held(turns)


@quickly
@given(conversations)
def test_explaining_never_fails_and_agrees_with_asking(turns: list[str]) -> None:
    context = Context()
    for turn in turns:
        explained = ASSISTANT.explain(turn, context)
        reply, context = ASSISTANT.ask(turn, context)
        assert (explained.kind, explained.intents) == (reply.kind, reply.intents)


@quickly
@given(conversations, st.sampled_from([p.text for i in INTENTS for p in i.phrases if i.category == "letters"]))
@example(["what is the exam"], "who runs the arrt")
def test_full_question_is_answered_the_same_with_and_without_context(turns: list[str], question: str) -> None:
    alone, _ = ASSISTANT.ask(question)
    context = held(turns)[-1][1]
    within, _ = ASSISTANT.ask(question, context)
    assert (within.kind, within.intents) == (alone.kind, alone.intents)


@pytest.mark.parametrize("title", TITLES)
def test_title_of_the_bundled_pack_is_answered_the_same_with_and_without_context(title: str) -> None:
    alone, _ = BUNDLED.ask(title)
    assert alone.kind == "answer"
    within = [BUNDLED.ask(title, BUNDLED.ask(before)[1])[0].intents for before in OPENINGS]
    assert within == [alone.intents] * len(OPENINGS)


@quickly
@given(conversations)
def test_nothing_that_was_just_answered_is_suggested(turns: list[str]) -> None:
    for reply, _ in held(turns):
        if reply.kind == "answer":
            assert {s.intent for s in reply.suggestions}.isdisjoint(reply.intents)


@quickly
@given(conversations)
def test_context_survives_json(turns: list[str]) -> None:
    context = held(turns)[-1][1]
    plain = json.loads(json.dumps(context._asdict()))
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in plain.items()}
    again = Context(**values)
    assert again == context
    assert ASSISTANT.ask("and the exam?", again) == ASSISTANT.ask("and the exam?", context)


@quickly
@given(st.text("bdfgjkqvwxz", min_size=6, max_size=12), st.sampled_from(["it", "them", "that one"]))
def test_unknown_word_with_a_pronoun_is_never_answered(word: str, pronoun: str) -> None:
    _, context = ASSISTANT.ask("how often do i renew the cra")
    assert ASSISTANT.ask(f"can i {word} {pronoun}", context)[0].kind not in {"answer", "clarify"}


@quickly
@given(st.lists(st.text(max_size=30), max_size=3).map("\n".join))
def test_no_answer_without_a_word_of_the_pack(text: str) -> None:
    known = {stem(w) for phrase in PHRASES + WORDS for w in words(phrase)}
    if known.isdisjoint(map(stem, words(text))):
        assert ASSISTANT.ask(text)[0].kind != "answer"
