from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dimchat.dialogue import Assistant
from dimchat.dialogue.interpret.followup import WEIGHTS
from dimchat.dialogue.understand.vocabulary import VocabularyIndex
from dimchat.match import Matcher, Options
from dimchat.model import Context, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.match.scores import Scores
    from dimchat.model import Candidate, Pack, Reply

    Talk = Callable[..., list[Reply]]

ANSWERS = {
    "the aspect is kept for a new topic": (
        ["how much does a manager make", "and for sonographers?"],
        "sonographer.pay",
    ),
    "what about a new topic": (["manager salary", "what about directors"], "director.pay"),
    "a bare new topic": (["manager salary", "directors?"], "director.pay"),
    "the topic is kept for a new aspect": (
        ["how much do sonographers make", "and the outlook?"],
        "sonographer.outlook",
    ),
    "a word that is an aspect of the topic so far": (
        ["which states license sonographers", "and technologists?"],
        "license.technologist",
    ),
    "it": (["what is the cra", "how often do i renew it"], "cra.renewal"),
    "they": (["are sonographers in demand", "how much do they make"], "sonographer.pay"),
    "that one": (["what is arrt", "when must i renew that one"], "arrt.renewal"),
    "a definite noun": (["what is the cra", "what is in the exam"], "cra.exam"),
    "it is the latest of the fitting kind": (
        ["what is the cra", "director salary", "how do i renew it"],
        "cra.renewal",
    ),
    "it is the latest of two": (["what is the cra", "what is arrt", "how do i renew it"], "arrt.renewal"),
    "the other one": (["what is the cra", "what is arrt", "how do i renew the other one"], "cra.renewal"),
    "a bare aspect": (["what is the cra", "renewal?"], "cra.renewal"),
    "a bare aspect of the default topic": (["salary"], "manager.pay"),
    "after small talk": (["what is the cra", "thanks", "how often do i renew it"], "cra.renewal"),
    "an abrupt new topic": (["what is the cra", "which states license sonographers"], "license.sonographer"),
    "a return": (["what is the cra", "manager salary", "back to the cra: the renewal"], "cra.renewal"),
    "a correction of the aspect": (["what is the cra", "no, i meant the exam"], "cra.exam"),
    "a correction of the topic": (["cra renewal", "not the cra, the arrt"], "arrt.renewal"),
    "i meant": (["director salary", "i meant sonographers"], "sonographer.pay"),
    "a full question beats the context": (["what is the cra", "how much does a manager make"], "manager.pay"),
    "a full question without a topic": (["what is the cra", "what degree do i need then"], "manager.education"),
    "make, of people, is earn": (["are sonographers in demand", "and what do they make?"], "sonographer.pay"),
    "a short question of the same": (["manager salary", "do sonographers?"], "sonographer.pay"),
    "a name that keeps the aspect": (["manager salary", "a director then?"], "director.pay"),
    "the other one, by itself": (["cra renewal", "arrt renewal", "and the other one"], "cra.renewal"),
    "a sound before a correction": (["director salary", "argh i meant sonographers"], "sonographer.pay"),
    "a correction that names the aspect it is not": (["cra renewal", "not the renewal, the exam"], "cra.exam"),
    "thanks before the question": (["what is the cra", "thanks, and the exam?"], "cra.exam"),
    "a greeting before the question": (["hello, what is arrt"], "arrt.overview"),
    "what was asked outlives choices": (["manager salary", "and the cra?", "and directors?"], "director.pay"),
    "an ordinal, of what the person named": (
        ["is the cra or arrt better", "how do i renew the second one"],
        "arrt.renewal",
    ),
    "former and latter": (["cra or arrt", "how often do i renew the former"], "cra.renewal"),
    "an aspect before the last, of the same topic": (
        ["manager salary", "manager hours", "and directors?"],
        "director.pay",
    ),
    "an overview that nobody asked for keeps the aspect": (
        ["sonographer salary", "who directs imaging", "and managers?"],
        "manager.pay",
    ),
    "it, named just before": (["what is the cra", "back to arrt, how do i renew it"], "arrt.renewal"),
    "same, in other words": (["manager salary", "the same story for sonographers"], "sonographer.pay"),
    "a title says it all": (["what is the cra", "what is a director?"], "director.overview"),
    "a topic with one answer left after a clarify": (["cra salary", "the exam"], "cra.exam"),
}


@pytest.mark.parametrize(("turns", "expected"), ANSWERS.values(), ids=ANSWERS.keys())
def test_last_turn_is_answered_with(talk: Talk, turns: list[str], expected: str) -> None:
    last = talk(*turns)[-1]
    assert (last.kind, last.intents) == ("answer", (expected,))


@pytest.mark.parametrize(
    ("text", "pronouns"), [("it is about to need the renewal", ("it",)), ("how hard is it to get the renewal", ())]
)
def test_it_points_back_unless_it_stands_for_what_follows(
    assistant: Assistant, text: str, pronouns: tuple[str, ...]
) -> None:
    assert assistant.explain(text).pronouns == pronouns


def test_topic_without_the_aspect_says_so_and_offers_what_it_has(talk: Talk) -> None:
    last = talk("how often do i renew the cra", "and for sonographers?")[-1]
    assert last.kind == "clarify"
    assert {o.intent for o in last.options} == {"sonographer.pay", "sonographer.outlook"}
    assert last.text is not None
    assert "Sonographer" in last.text
    assert "renewal" in last.text


def test_pronoun_with_an_aspect_that_the_topic_lacks_is_no_answer(talk: Talk) -> None:
    last = talk("what is the cra", "what does it pay")[-1]
    assert last.kind == "clarify"
    offered = [o.intent for o in last.options]
    assert offered[0] == "manager.pay"
    assert "cra.exam" in offered


def test_outside_follow_up_with_a_pronoun_declines(talk: Talk) -> None:
    last = talk("what is the cra", "can i bring my dog to it?")[-1]
    assert (last.kind, last.outside) == ("decline", "outside.pets")


def test_follow_up_with_unknown_words_and_a_pronoun_declines(talk: Talk) -> None:
    assert talk("what is the cra", "does it dissolve in vinegar")[-1].kind == "decline"


@pytest.mark.parametrize("outside", ["can i bring it to my dog", "and the weather?", "is it good in vinegar"])
def test_context_rescues_no_word_of_something_else(talk: Talk, outside: str) -> None:
    assert talk("how often do i renew the cra", outside)[-1].kind == "decline"


def test_named_topic_does_not_beat_an_outside_group_with_a_word_of_its_own(talk: Talk) -> None:
    assert talk("can i bring my dog to the director")[-1].outside == "outside.pets"


def test_question_about_the_last_two_puts_both_names_in(assistant: Assistant) -> None:
    context = Context()
    for turn in ("manager salary", "director salary"):
        _, context = assistant.ask(turn, context)
    readings = assistant.explain("how much do those two earn", context).readings
    assert "how much do imaging manager and director earn" in [reading.text for reading in readings]


def test_follow_up_with_nothing_before_it_offers_choices(talk: Talk) -> None:
    last = talk("how do i renew it")[-1]
    assert last.kind == "clarify"
    assert {o.intent for o in last.options} == {"cra.renewal", "arrt.renewal"}


def test_bare_topic_gets_its_overview(talk: Talk) -> None:
    last = talk("cra")[-1]
    assert (last.intents, last.topic, last.aspect) == (("cra.overview",), "cra", "overview")


def test_bare_topic_without_an_overview_offers_its_intents(talk: Talk) -> None:
    last = talk("sonographer")[-1]
    assert (last.kind, [o.intent for o in last.options]) == ("clarify", ["sonographer.pay", "sonographer.outlook"])


def test_words_before_a_name_that_are_of_its_other_names_belong_to_it(pack: Pack) -> None:
    names = (*pack.topic["manager"].names, "CT manager", "MRI manager")
    topics = (Topic("manager", "person", names), *pack.vocabulary.topics[1:])
    vocabulary = VocabularyIndex(replace(pack, vocabulary=pack.vocabulary._replace(topics=topics)))
    assert [m.span for m in vocabulary.topics(["is", "ct", "and", "mri", "manager"])] == [{1, 2, 3, 4}]
    assert [m.span for m in vocabulary.topics(["bank", "manager"])] == [{1}]


def test_choices_that_ask_the_same_are_asked_of_another_topic(talk: Talk) -> None:
    first, second = talk("which exam", "the arrt one")
    assert first.kind == "clarify"
    assert second.intents == ("arrt.exam",)


def test_context_is_forgotten_after_five_turns(talk: Talk) -> None:
    within = talk("what is the cra", *["hello"] * 4, "how do i renew it")[-1]
    beyond = talk("what is the cra", *["hello"] * 5, "how do i renew it")[-1]
    assert within.intents == ("cra.renewal",)
    assert beyond.kind == "clarify"


def test_both_questions_of_a_message_are_answered_in_order(talk: Talk) -> None:
    reply = talk("what is the cra and how much does a manager make?")[-1]
    assert reply.intents == ("cra.overview", "manager.pay")
    assert reply.text is not None
    assert reply.text.index("All about cra.overview") < reply.text.index("All about manager.pay")
    assert [c.number for c in reply.citations] == [1, 2, 3]


def test_second_question_may_lean_on_the_first(talk: Talk) -> None:
    assert talk("what is the cra? how do i renew it?")[-1].intents == ("cra.overview", "cra.renewal")


def test_part_without_an_answer_is_named(talk: Talk) -> None:
    reply = talk("how much does a manager make and what is the weather")[-1]
    assert reply.intents == ("manager.pay",)
    assert reply.text is not None
    assert "what is the weather" in reply.text


def test_ten_turns_that_mix_it_all(talk: Talk) -> None:
    replies = talk(
        "hello",
        "how much does a manager make",
        "and for sonographers?",
        "thanks",
        "tell me more",
        "what is the cra",
        "no, i meant arrt",
        "renewal?",
        "what is the weather",
        "and the exam?",
    )
    assert [r.intents for r in replies] == [
        ("conversation.greeting",),
        ("manager.pay",),
        ("sonographer.pay",),
        ("conversation.thanks",),
        ("conversation.more",),
        ("cra.overview",),
        ("arrt.overview",),
        ("arrt.renewal",),
        (),
        ("arrt.exam",),
    ]


def test_an_ordinal_that_counts_something_else_is_left_alone(assistant: Assistant) -> None:
    _, context = assistant.ask("is the cra or arrt better")
    assert assistant.explain("what is the first step", context).topics == ()


def test_what_one_credential_lacks_is_not_answered_with_another(talk: Talk) -> None:
    last = talk("what is the arrt", "what is it worth", "blorf")[-1]
    assert last.kind != "answer"


def test_what_is_not_wanted_is_not_answered(talk: Talk) -> None:
    last = talk("what is the cra", "i don't want to know the renewal")[-1]
    assert last.kind != "answer"


def test_what_is_wanted_instead_is_answered(talk: Talk) -> None:
    assert talk("what is the cra", "i don't want to know the renewal, just the exam")[-1].intents == ("cra.exam",)


def test_explanation_names_what_weighed_most(assistant: Assistant) -> None:
    _, context = assistant.ask("are sonographers in demand")
    won = next(r for r in assistant.explain("so then tell me what do they earn", context).readings if r.won)
    assert won.verdict.startswith("answer ")
    assert {why.strip() for why in won.verdict.partition(": ")[2].split(",")} <= set(WEIGHTS)


@pytest.mark.parametrize(
    "text", ["and the people", "so what then is the demand", "is it any better there", "ok the exam"]
)
def test_pulls_are_those_that_have_a_weight(assistant: Assistant, text: str) -> None:
    _, context = assistant.ask("are sonographers in demand")
    found = assistant.pulls(text, context)
    assert found is not None
    ids, pulls = found
    assert {pull.name for pull in pulls} <= set(WEIGHTS)
    assert len(ids) == len(set(ids))


def test_nothing_pulls_where_nothing_was_said_before(assistant: Assistant) -> None:
    assert assistant.pulls("how do i renew it", Context()) is None


class Listening:
    """A matcher that keeps the texts for which the encoder would be asked."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.encoded: list[str] = []

    @property
    def intents(self) -> tuple[str, ...]:
        return self._matcher.intents

    def rank(self, text: str, limit: int = 5) -> list[Candidate]:
        return self._matcher.rank(text, limit)

    def score_all(self, text: str, *, meaning: bool = False) -> Scores | None:
        scores = self._matcher.score_all(text)
        if scores is None or not meaning:
            return scores
        self.encoded.append(text)
        return scores._replace(meant=scores.logs)


def test_follow_up_encodes_at_most_two_texts(pack: Pack) -> None:
    lines = [(phrase.text, intent.id) for intent in pack.intents for phrase in intent.phrases]
    matcher = Listening(Matcher.fit(*zip(*lines, strict=True), options=Options(encoder=False)))
    assistant = Assistant(pack, matcher)
    _, context = assistant.ask("what is the cra")
    matcher.encoded.clear()
    assistant.ask("what do they want for it", context)
    assert 1 <= len(set(matcher.encoded)) <= 2
