from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from dimchat.dialogue import Assistant
from dimchat.model import Context

from .conftest import Overlap

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.model import Candidate, Pack, Reply

    Talk = Callable[..., list[Reply]]

CHOICES = "cra salary"
"""The topic has no such aspect: what it has is offered."""


def test_more_repeat_and_sources_are_about_the_last_answer_even_after_small_talk(talk: Talk) -> None:
    _, _, more, repeat, sources = talk("what is the cra", "thanks", "tell me more", "say that again", "sources")
    assert {r.about for r in (more, repeat, sources)} == {"cra.overview"}
    assert more.text is not None
    assert more.text.startswith("All about cra.overview")
    assert repeat.text == "Short of cra.overview. [1]"
    assert [c.number for c in repeat.citations] == [1]
    assert sources.text is not None
    assert "The Guide" in sources.text


def test_more_with_nothing_before_is_plain_small_talk(talk: Talk) -> None:
    (reply,) = talk("tell me more")
    assert (reply.kind, reply.about, reply.text) == ("smalltalk", None, "conversation.more first")


def test_bare_why_gives_the_whole_of_the_last_answer(talk: Talk) -> None:
    assert talk("what is the cra", "why?")[-1].about == "cra.overview"


@pytest.mark.parametrize("text", ["thanks bye", "ok thanks", "cool, thank you", "great", "hello and thank you"])
def test_courtesies_in_a_row_are_small_talk(talk: Talk, text: str) -> None:
    assert talk(text)[-1].kind == "smalltalk"


def test_bare_question_about_choices_offers_them_again(talk: Talk) -> None:
    offered, again = talk(CHOICES, "which one?")
    assert (again.kind, again.options) == ("clarify", offered.options)


@pytest.mark.parametrize("text", ["i have chest pian", "chest paims", "i want to kiill myself"])
def test_misspelt_cue_fires(talk: Talk, text: str) -> None:
    assert talk(text)[-1].intents == ("safety.emergency",)


@pytest.mark.parametrize("text", ["collapsed lung", "this job makes me kill myself"])
def test_idiom_excuses_words_from_cues_and_from_the_ranking(talk: Talk, text: str) -> None:
    assert talk("has collapsed")[-1].kind == "safety"
    assert talk(text)[-1].kind != "safety"


def test_decline_of_something_else_suggests_first_questions(talk: Talk) -> None:
    reply = talk("what is the weather tomorrow")[-1]
    assert [s.intent for s in reply.suggestions][:2] == ["manager.overview", "cra.overview"]


def test_three_failures_in_a_row_differ(talk: Talk) -> None:
    replies = talk(CHOICES, "none of these", "blorf", "wibble")
    assert [r.kind for r in replies] == ["clarify", "decline", "decline", "decline"]
    assert len({r.text for r in replies}) == len(replies)


def test_wording_follows_the_turn(talk: Talk) -> None:
    first, second = talk("hello", "hello")
    assert first.text != second.text


def test_negation_offers_the_runners_up(talk: Talk) -> None:
    replies = talk("what is on the cra exam", "that is not what i meant")
    assert (replies[-1].kind, replies[-1].intents) == ("clarify", ())
    assert "cra.exam" not in [o.intent for o in replies[-1].options]


@pytest.mark.parametrize(
    ("pick", "expected"),
    [
        ("2", "cra.exam"),
        ("#2", "cra.exam"),
        ("2.", "cra.exam"),
        ("number 2", "cra.exam"),
        ("two", "cra.exam"),
        ("the second one", "cra.exam"),
        ("2nd please", "cra.exam"),
        ("last", "cra.renewal"),
        ("the last one", "cra.renewal"),
        ("the first one", "cra.overview"),
        ("the renewal one", "cra.renewal"),
        ("exam", "cra.exam"),
    ],
)
def test_choice_is_picked_by(talk: Talk, pick: str, expected: str) -> None:
    assert talk(CHOICES, pick)[-1].intents == (expected,)


@pytest.mark.parametrize("pick", ["0", "none of these", "none", "neither"])
def test_none_of_these_is_taken_back(talk: Talk, pick: str) -> None:
    last = talk(CHOICES, pick)[-1]
    assert (last.kind, last.options) == ("decline", ())


@pytest.mark.parametrize("pick", ["9", "4", "the ninth", "123456789"])
def test_impossible_number_is_told_so_and_the_choices_stay(talk: Talk, pick: str) -> None:
    before, after = talk(CHOICES, pick)
    assert after.options == before.options
    assert after.text is not None
    assert "1 to 3" in after.text


def test_choice_is_still_there_after_an_impossible_number(talk: Talk) -> None:
    assert talk(CHOICES, "9", "3")[-1].intents == ("cra.renewal",)


def test_number_picks_a_suggestion_where_no_choice_stands(talk: Talk) -> None:
    first, second = talk("manager salary", "1")
    assert second.intents == (first.suggestions[0].intent,)


def test_number_with_nothing_offered_is_no_pick(talk: Talk) -> None:
    assert talk("2")[0].kind == "decline"


def test_suggestions_start_with_next_and_leave_out_what_was_answered(talk: Talk) -> None:
    first, second = talk("manager salary", "director salary")
    assert [s.intent for s in first.suggestions][:2] == ["director.pay", "sonographer.pay"]
    assert 2 <= len(second.suggestions) <= 4
    assert not {s.intent for s in second.suggestions} & {"manager.pay", "director.pay"}


def test_outside_group_is_named(talk: Talk) -> None:
    (reply,) = talk("what is the weather")
    assert (reply.kind, reply.outside) == ("decline", "outside.weather")
    assert reply.text is not None
    assert reply.text.startswith("That is about the weather, which I don't cover.")


def test_failures_in_a_row_differ_menu_then_elsewhere(talk: Talk) -> None:
    replies = talk(*["xyzzy plugh"] * 6)
    texts = [r.text or "" for r in replies]
    assert all(one != other for one, other in pairwise(texts))
    assert "Credentials" in texts[1]
    assert "a career adviser" in texts[2]


def test_misspelling_that_the_ranker_put_right_still_names_its_topic(pack: Pack) -> None:
    class Spelling(Overlap):
        def rank(self, text: str, limit: int = 5) -> list[Candidate]:
            found = super().rank(text.replace("sonografer", "sonographer"), limit)
            return [
                c._replace(
                    words=tuple(
                        w._replace(text="sonografer", how="misspelt") if w.text == "sonographer" else w for w in c.words
                    ),
                )
                for c in found
            ]

    assistant = Assistant(pack, Spelling(pack))
    _, context = assistant.ask("manager salary")
    assert assistant.ask("and a sonografer?", context)[0].intents == ("sonographer.pay",)


@pytest.mark.parametrize(
    "text", ["i have chest pain", "CHEST PAINS!!", "i can't really breathe", "how do i kill myself"]
)
def test_safety_cue_comes_before_everything(talk: Talk, text: str) -> None:
    _, reply = talk("cra", text)
    assert (reply.kind, reply.intents, reply.topic) == ("safety", ("safety.emergency",), "cra")


@pytest.mark.parametrize(
    "text", ["this job makes me kill myself", "my chest has no pain", "can not one two three four breathe"]
)
def test_no_cue_fires_for(assistant: Assistant, text: str) -> None:
    assert assistant.explain(text).safety is None


def test_idiom_excuses_only_its_own_words(talk: Talk) -> None:
    assert talk("this job makes me kill myself and i have chest pain")[0].kind == "safety"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\U0001f600\U0001f600",
        "\x00\x1b[31m",
        "\ud800",
        "?!?",
        "a" * 5000,
        "1" + " " * 2_000_000 + "x",
        "manager salary " * 500,
    ],
)
def test_text_that_is_no_question_is_declined(talk: Talk, text: str) -> None:
    (reply,) = talk(text)
    assert (reply.kind, reply.question) == ("decline", text)


def test_full_question_needs_one_rank_and_a_follow_up_at_most_three(pack: Pack) -> None:
    ranker = Overlap(pack)
    assistant = Assistant(pack, ranker)
    _, context = assistant.ask("what is the cra")
    assert len(ranker.asked) == 1
    ranker.asked.clear()
    assistant.ask("does it hurt much", context)
    assert len(ranker.asked) <= 3


def test_explanation_shows_both_readings_and_which_won(assistant: Assistant) -> None:
    _, context = assistant.ask("what is the cra", Context())
    explained = assistant.explain("and how do i renew it?", context)
    assert [(r.name, r.won) for r in explained.readings] == [("alone", False), ("completed", True)]
    assert explained.frames == ("follow",)
    assert explained.pronouns == ("it",)
    assert explained.aspects == ("renewal",)
    assert explained.context.topic == "cra"
    assert explained.intents == ("cra.renewal",)
    assert "completed" in explained.decision


def test_explanation_names_the_cue(assistant: Assistant) -> None:
    assert assistant.explain("chest pain").safety == "chest pain|pains"


@pytest.mark.parametrize("text", ["her nose bleeds", "is my mother bleeding", "bleeding, she said to her aunt"])
def test_parts_of_a_cue_stand_in_any_order_with_any_ending(assistant: Assistant, text: str) -> None:
    assert assistant.explain(text).safety == "bleed* & <kin>|her"


@pytest.mark.parametrize(
    "text",
    ["we are bleeding", "mother " + "and so on " * 6 + "bleeding", "my mother is bleeding money"],
    ids=["one part", "far apart", "an idiom"],
)
def test_parts_of_a_cue_must_all_stand_near_and_outside_idioms(assistant: Assistant, text: str) -> None:
    assert assistant.explain(text).safety is None


@pytest.mark.parametrize("text", ["he can not hear me", "hardly hear"])
def test_alternative_of_several_words_counts_as_one(assistant: Assistant, text: str) -> None:
    assert assistant.explain(text).safety == "can_not|hardly . hear"


def test_of_several_cues_the_first_intent_wins_and_then_the_longest(talk: Talk) -> None:
    assert talk("read my scan, i have chest pain")[-1].intents == ("safety.emergency",)
    assert talk("read my scan and cancel my visit on monday")[-1].intents == ("safety.visit",)


@pytest.mark.parametrize("text", ["who made you", "so who the heck built you then", "who on earth made you bot"])
def test_cue_of_conversation_fires_where_little_else_is_said(talk: Talk, text: str) -> None:
    assert talk(text)[-1].intents == ("conversation.about",)


@pytest.mark.parametrize("text", ["who made you think of the cra exam", "who built you up"])
def test_cue_of_conversation_does_not_fire_beside_a_topic_or_in_an_idiom(talk: Talk, text: str) -> None:
    assert "conversation.about" not in talk(text)[-1].intents


def test_small_talk_after_an_alarm_is_no_courtesy_until_something_else_is_said(talk: Talk) -> None:
    notice, thanks, bye, _, later = talk("i have chest pain", "thanks", "thank you", "what is the cra", "thanks")
    assert notice.intents == ("safety.emergency",)
    for reply in (thanks, bye):
        assert (reply.kind, reply.intents) == ("smalltalk", ("conversation.thanks",))
        assert "conversation.thanks" not in (reply.text or "")
        assert "safety.emergency" in (reply.text or "")
    assert thanks.text != bye.text
    assert (later.text or "").startswith("conversation.thanks")
