"""Which rows a reply shows: named, kept from before, several, none, and never another one's."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

from dimchat.dialogue import Assistant
from dimchat.dialogue.interpret.interpretation import Interpretation
from dimchat.index.prebuilt import learn
from dimchat.model import Context
from dimchat.render import json_reply

from .states import FILES, STATES, rows_of, written

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Talk

ABBREVIATED = {state: state for state in STATES}
NAMED = {state: names.split(", ")[0] for state, (names, _) in STATES.items()} | {"WA": "Washington State"}
MISSPELT = {
    "CA": "californa",
    "CT": "conneticut",
    "GA": "gerogia",
    "HI": "hawai",
    "IN": "indianna",
    "KS": "kanses",
    "LA": "lousiana",
    "MA": "massachusets",
    "MD": "marylnd",
    "MO": "misouri",
    "MS": "missisippi",
    "ND": "north dakotta",
    "NY": "new yrok",
    "OH": "ohoi",
    "OK": "oklohoma",
    "OR": "oregn",
    "PA": "pensylvania",
    "TX": "texs",
    "WV": "west virgina",
}
JOBS = {"rad tech": "technologist", "sonographer": "sonographer", "imaging manager": "manager"}
ASKED = [
    (f"{job} pay in {name}", topic, state)
    for (job, topic), names in product(JOBS.items(), (NAMED, ABBREVIATED, MISSPELT))
    for state, name in names.items()
    if not (topic == "sonographer" and state == "WV") and (state, name) not in {("OH", "ohoi"), ("LA", "LA")}
]


@pytest.mark.parametrize(("question", "topic", "state"), ASKED)
def test_the_row_that_is_named_is_told(talk: Talk, question: str, topic: str, state: str) -> None:
    (reply,) = talk(question)
    assert reply.intents == (f"{topic}.pay_by_state",)
    assert rows_of(reply) == [{"state": state, "job": topic}]
    assert NAMED[state].removesuffix(" State") in (reply.short or "")


@pytest.mark.parametrize("state", sorted(set(STATES) - {"LA"}))
@pytest.mark.parametrize("question", ["do i need a license in {}", "{} x-ray license"])
def test_a_licence_is_told_by_its_row(talk: Talk, question: str, state: str) -> None:
    (reply,) = talk(question.format(NAMED[state]))
    assert (reply.intents, rows_of(reply)) == (("license.by_state",), [{"state": state}])


FOLLOWED = {
    "the same of another state": (["rad tech pay in texas", "and in ohio?"], "technologist", "OH"),
    "only a name": (["rad tech pay in texas", "ohio"], "technologist", "OH"),
    "what about": (["rad tech pay in texas", "what about california"], "technologist", "CA"),
    "an abbreviation": (["rad tech pay in texas", "and in ny"], "technologist", "NY"),
    "a city": (["rad tech pay in texas", "how about boston?"], "technologist", "MA"),
    "a slip": (["rad tech pay in texas", "and califronia"], "technologist", "CA"),
    "of the nation before": (["what does a rad tech make", "and in georgia?"], "technologist", "GA"),
    "another topic keeps the state": (["rad tech pay in texas", "and for sonographers?"], "sonographer", "TX"),
    "what about another topic": (["sonographer pay in tx", "what about rad techs"], "technologist", "TX"),
    "two steps": (["rad tech pay in texas", "and in ohio", "and for imaging managers?"], "manager", "OH"),
    "there": (["what does a rad tech do in texas", "what do they earn there"], "technologist", "TX"),
    "after the overview": (["rad tech pay by state", "texas"], "technologist", "TX"),
    "after the order": (["which states pay rad techs the most", "and in maine?"], "technologist", "ME"),
    "one of two": (["rad tech pay in washington", "2"], "technologist", "WA"),
    "one of two by name": (["rad tech pay in washington", "dc"], "technologist", "DC"),
    "one of two by its number in words": (["rad tech pay in washington", "the first one"], "technologist", "DC"),
    "after a decline": (["rad tech pay in texas", "who is the governor", "and in ohio"], "technologist", "OH"),
}


@pytest.mark.parametrize(("messages", "topic", "state"), FOLLOWED.values(), ids=FOLLOWED)
def test_a_follow_up_finds_its_row(talk: Talk, messages: list[str], topic: str, state: str) -> None:
    reply = talk(*messages)[-1]
    assert reply.intents == (f"{topic}.pay_by_state",)
    assert rows_of(reply) == [{"state": state, "job": topic}]


def test_the_conversation_that_was_asked_for(talk: Talk) -> None:
    replies = talk(
        "what does a ct tech make in texas",
        "and california",
        "do i need a license there",
        "and in ohio",
        "which states need none",
    )
    assert [(reply.intents[0], [row["state"] for row in rows_of(reply)]) for reply in replies] == [
        ("technologist.pay_by_state", ["TX"]),
        ("technologist.pay_by_state", ["CA"]),
        ("license.by_state", ["CA"]),
        ("license.by_state", ["OH"]),
        ("license.none", ["GA", "ID", "MO"]),
    ]


@pytest.mark.parametrize(("turn", "kept"), [(1, True), (5, True), (6, False), (20, False)])
def test_a_value_is_kept_for_five_turns_and_no_longer(states: Assistant, turn: int, *, kept: bool) -> None:
    _, context = states.ask("rad tech pay in texas")
    reply, _ = states.ask("and for sonographers?", context._replace(turn=turn))
    assert reply.intents == ("sonographer.pay_by_state",)
    assert [row["state"] for row in rows_of(reply) if not reply.values] == (["TX"] if kept else [])


@pytest.mark.parametrize(
    ("question", "states_"),
    [
        ("rad tech pay texas vs california", ["TX", "CA"]),
        ("rad tech pay in ohio and indiana", ["OH", "IN"]),
        ("do rad techs make more in texas or georgia", ["TX", "GA"]),
        ("compare sonographer pay in NY and PA", ["NY", "PA"]),
    ],
)
def test_two_states_are_told_one_after_the_other(talk: Talk, question: str, states_: list[str]) -> None:
    (reply,) = talk(question)
    assert [row["state"] for row in rows_of(reply)] == states_
    assert all(NAMED[state] in (reply.short or "") for state in states_)


@pytest.mark.parametrize("question", ["rad tech pay in the northwest", "sonographer salary in the pacific northwest"])
def test_a_group_says_what_it_holds(talk: Talk, question: str) -> None:
    (reply,) = talk(question)
    assert [row["state"] for row in rows_of(reply)] == ["WA", "OR", "ID"]
    assert "northwest” here: Washington, Oregon and Idaho." in (reply.short or "")
    assert "- Oregon: $" in (reply.text or "")
    assert "May 2025" in (reply.text or "")


@pytest.mark.parametrize(
    "question", ["rad tech pay in washington", "kansas city rad tech pay", "pay of a rad tech in portland"]
)
def test_what_can_be_two_is_asked_about(talk: Talk, question: str) -> None:
    (reply,) = talk(question)
    assert (reply.kind, len(reply.options), reply.rows) == ("clarify", 2, ())
    assert {option.intent for option in reply.options} == {"technologist.pay_by_state"}
    assert len({option.slots for option in reply.options}) == 2


@pytest.mark.parametrize(
    ("question", "words", "first"),
    [
        ("which states pay rad techs the most", "highest first, May 2025: West Virginia ($82,000 a year), ", "WV"),
        ("which state pays rad techs least", "lowest first, May 2025: California ($60,000 a year), ", "CA"),
        ("best paying states for sonographers", "highest first, May 2025: Washington ($101,000 a year), ", "WA"),
        ("lowest paying states for sonographers", "lowest first, May 2025: California ($80,000 a year), ", "CA"),
    ],
)
def test_an_order_is_told_from_the_end_that_is_asked_for(talk: Talk, question: str, words: str, first: str) -> None:
    (reply,) = talk(question)
    assert words in (reply.short or "")
    assert "[1]" in (reply.short or "")
    assert (rows_of(reply)[0]["state"], len(reply.rows)) == (first, 5)


def test_without_a_state_the_nation_is_told_and_the_states_are_offered(talk: Talk) -> None:
    (reply,) = talk("rad tech pay by state")
    assert (reply.short or "").startswith("Across the nation")
    assert "highest first" in (reply.text or "")
    assert "lowest first" in (reply.text or "")
    assert "Name a state" in (reply.text or "")
    assert [value.title for value in reply.values] == [names.split(", ")[0] for names, _ in STATES.values()]
    assert reply.slots == ()


def test_a_missing_cell_says_so_and_gives_the_nation(talk: Talk) -> None:
    (reply,) = talk("sonographer pay in west virginia")
    assert (reply.short or "").startswith("There is no figure for West Virginia. Across the nation")
    assert reply.rows == ()


def test_a_rough_cell_says_so(talk: Talk) -> None:
    rough, fine = talk("sonographer pay in north dakota", "rad tech pay in north dakota")
    assert "rough" in (rough.short or "")
    assert "rough" in (rough.text or "")
    assert "rough" not in (fine.text or "")


@pytest.mark.parametrize(("state", "undated"), [("maine", True), ("west virginia", True), ("texas", False)])
def test_a_row_without_a_date_is_never_the_whole_answer(talk: Talk, state: str, *, undated: bool) -> None:
    (reply,) = talk(f"rad tech license in {state}")
    assert ("Nobody knows how old" in (reply.short or "")) is undated
    assert ("Most states ask for a license" in (reply.text or "")) is undated


@pytest.mark.parametrize("question", ["texas", "in ohio", "NY", "philadelphia?"])
def test_a_state_alone_offers_what_there_is(talk: Talk, question: str) -> None:
    (reply,) = talk(question)
    assert reply.kind == "clarify"
    offered = [option.intent for option in reply.options]
    picked = talk(question, str(offered.index("license.by_state") + 1))[-1]
    assert len(picked.rows) == 1


ELSEWHERE = [
    *("how big is {}", "who is the governor of {}", "capital of {}", "how many people live in {}", "rent in {}"),
    *("best restaurants in {}", "flights to {}", "weather in {}", "history of {}", "things to do in {}"),
]


@pytest.mark.parametrize("question", ELSEWHERE)
@pytest.mark.parametrize("state", sorted(NAMED))
def test_a_state_in_a_question_that_no_table_answers_shows_no_row(talk: Talk, question: str, state: str) -> None:
    (reply,) = talk(question.format(NAMED[state]))
    assert reply.rows == ()


@pytest.mark.parametrize(
    "question", ["rad tech salary in CT", "ct tech pay in CT", "what does a sonographer make in CT?"]
)
def test_the_kind_of_scan_is_a_state_where_the_topic_is_named_without_it(talk: Talk, question: str) -> None:
    (reply,) = talk(question)
    assert [row["state"] for row in rows_of(reply)] == ["CT"]


@pytest.mark.parametrize("question", ["what does a ct tech make", "duties in CT", "what is the pay in ct"])
def test_the_kind_of_scan_is_no_state_elsewhere(talk: Talk, question: str) -> None:
    assert talk(question)[0].rows == ()


def test_the_row_is_cited_with_the_place_in_its_source(talk: Talk) -> None:
    (reply,) = talk("rad tech pay in texas")
    assert [(c.source, c.locator) for c in reply.citations] == [("bls-states", "annual median")]
    assert "May 2025" in (reply.text or "")


def test_a_reply_as_json_tells_rows_and_slots(states: Assistant) -> None:
    reply, context = states.ask("rad tech pay texas vs california")
    data = json_reply.to_dict(reply, states.pack)
    assert data["rows"] == [
        {"table": "pay_by_state", "key": {"state": "TX", "job": "technologist"}},
        {"table": "pay_by_state", "key": {"state": "CA", "job": "technologist"}},
    ]
    assert data["context"]["slots"] == {"state": "TX,CA"}
    asked = json_reply.to_dict(states.ask("rad tech pay in washington", context)[0], states.pack)
    assert [option["slots"] for option in asked["options"]] == [{"state": "DC"}, {"state": "WA"}]


@pytest.mark.parametrize(
    ("question", "period"),
    [("rad tech pay in texas", "2025-05"), ("x-ray license in georgia", "2025-04"), ("weather in texas", None)],
)
def test_a_reply_as_json_tells_whose_state_it_is_of(states: Assistant, question: str, period: str | None) -> None:
    reply, _ = states.ask(question)
    assert json_reply.to_dict(reply, states.pack)["period"] == period


def test_the_same_message_and_context_give_the_same_reply(states: Assistant) -> None:
    first = states.ask("rad tech pay in texas", Context())
    assert states.ask("rad tech pay in texas", Context()) == first


@pytest.mark.parametrize("state", ["texas", "OH", "philadelphia"])
def test_what_only_a_place_speaks_for_shows_no_row(talk: Talk, state: str) -> None:
    (reply,) = talk(f"what does a rad tech do in {state}")
    assert reply.rows == ()


@pytest.mark.parametrize(
    "question", ["do i need a license in CT to take x-rays", "x-ray license in MD", "license in ct"]
)
def test_a_licence_is_asked_for_in_a_state_not_in_a_scan(talk: Talk, question: str) -> None:
    (reply,) = talk(question)
    assert reply.intents == ("license.by_state",)
    assert len(reply.rows) == 1


@pytest.mark.parametrize("question", ["license rules by state", "do i need a license in ohio"])
def test_an_answer_says_as_of_when_it_is_with_a_row_and_without(states_folder: Path, question: str) -> None:
    pack, matcher = learn(states_folder)
    answers = tuple(one._replace(as_of="2026-07") for one in pack.answers)
    reply, _ = Assistant(replace(pack, answers=answers), matcher).ask(question)
    assert reply.intents == ("license.by_state",)
    assert (reply.text or "").count("As of July 2026") == 1


FOR_A_POST = pytest.param(
    "weather for a rad tech in texas", marks=pytest.mark.xfail(reason="the post and the place outdo the weather")
)


@pytest.mark.parametrize("question", [FOR_A_POST, "will it rain in ohio", "rent in new york"])
def test_what_is_about_something_else_without_its_place_shows_no_row(talk: Talk, question: str) -> None:
    assert talk(question)[0].rows == ()


def test_an_overview_lists_the_rows_that_have_a_cell(tmp_path: Path) -> None:
    answers = FILES["answers/work.yaml"].replace(
        "Ask the agency of your state [@rules].", "None in {{rows.state.xray.none}} [@row, column xray]."
    )
    assistant = Assistant(*learn(written(tmp_path, {**FILES, "answers/work.yaml": answers})))
    reply, _ = assistant.respond(Interpretation("answer", "", ("license.by_state",)), "which states")
    assert "None in Georgia, Idaho and Missouri [2]." in (reply.text or "")
    assert [row["state"] for row in rows_of(reply)] == ["GA", "ID", "MO"]
    assert [(one.source, one.locator) for one in reply.citations] == [("rules", None), ("rules", "column xray")]
