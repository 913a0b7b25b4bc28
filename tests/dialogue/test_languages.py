"""Two languages in one conversation: which is heard, which is spoken, what falls back."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat import open_assistant
from dimchat.dialogue import Assistant
from dimchat.index import open_pack
from dimchat.language.which_language import Telling
from dimchat.model import Context
from dimchat.quality import load_items

if TYPE_CHECKING:
    from dimchat.dialogue.understand.analysis import Analysis

ROOT = Path(__file__).parents[2]
TELLING = Telling.of(
    {
        "en": ["how much does a manager earn", "what is the exam", "salary of a manager in El Paso"],
        "es": ["cuanto gana un gerente", "que es el examen", "el sueldo de un gerente"],
    }
)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return open_assistant(ROOT)


@pytest.mark.parametrize(
    ("text", "present", "told"),
    [
        ("¿cuánto gana?", "en", "es"),
        ("cuanto gana un gerente", "en", "es"),
        ("sueldo", "en", "es"),
        ("y la CRA", "en", "en"),
        ("CRA", "es", "es"),
        ("2", "es", "es"),
        ("María de la Cruz", "en", "en"),
        ("El Paso salary", "en", "en"),
        ("Los Angeles", "en", "en"),
        ("what is the exam", "es", "en"),
        ("what does sueldo mean", "en", "en"),
        ("", "es", "es"),
        ("día de un chef", "en", "es"),
        ("se me congeló", "en", "es"),
        ("the piñata of a manager", "en", "en"),
        ("María y José", "en", "en"),
    ],
)
def test_a_language_is_told_by_words_that_are_its_own(text: str, present: str, told: str) -> None:
    assert TELLING.told(text, present) == told


@given(st.text(), st.sampled_from(("en", "es")))
def test_any_text_is_in_one_of_the_languages(text: str, present: str) -> None:
    assert TELLING.told(text, present) in ("en", "es")


@given(st.text(alphabet="0123456789 .,:?!-()", max_size=30), st.sampled_from(("en", "es")))
def test_what_has_no_words_stays_in_the_language_that_is_spoken(text: str, present: str) -> None:
    assert TELLING.told(text, present) == present


def test_what_tells_languages_apart_survives_an_index() -> None:
    again = Telling.from_data(TELLING.data())
    assert again.data() == TELLING.data()


def test_no_english_question_is_taken_for_spanish(assistant: Assistant) -> None:
    pack = assistant.pack
    texts = {one.title for one in pack.intents} | {line.text for one in pack.own for line in one.phrases}
    for item in load_items((), ROOT, pack):
        texts |= {item.ask, *item.after} if not item.place.file.endswith("spanish.yaml") else set()
    taken = {text for text in texts if assistant.language_of(text) != "en"}
    assert taken <= {"ayuda por favor", "mi hijo no respira", "me duele mucho el pecho"}, taken


def test_every_spanish_line_is_heard_in_an_english_visit(assistant: Assistant) -> None:
    other = assistant.pack.in_language("es")
    lines = [
        line.text for one in other.intents if one.category not in ("conversation", "safety") for line in one.phrases
    ]
    heard = [text for text in lines if assistant.language_of(text) == "es"]
    assert len(heard) >= 0.97 * len(lines)


def test_a_conversation_in_spanish(assistant: Assistant) -> None:
    context = Context()
    for text, intent in (
        ("¿Cuánto gana un tecnólogo de rayos X?", "technologist.pay"),
        ("¿y un gerente?", "manager.pay"),
        ("¿y qué título necesita?", "manager.education"),
        ("¿y en Texas cuánto gana?", "manager.pay_by_state"),
    ):
        reply, context = assistant.ask(text, context)
        assert (reply.intents, reply.language, reply.spoken, context.language) == ((intent,), "es", "es", "es"), text
        assert all(one.title == assistant.pack.in_language("es").intent[one.intent].title for one in reply.suggestions)
    reply, context = assistant.ask("gracias", context)
    assert (reply.kind, reply.language) == ("smalltalk", "es")
    reply, context = assistant.ask("what does the CRA cost", context)
    assert (reply.intents, reply.language, context.language) == (("cra.cost",), "en", None)


def test_an_answer_that_is_not_translated_says_so(assistant: Assistant) -> None:
    reply, _ = assistant.ask("¿qué entra en el examen CRA?", Context(language="es"))
    assert (reply.intents, reply.language, reply.spoken) == (("cra.exam",), "en", "es")
    assert (reply.text or "").startswith("Esta respuesta solo está en inglés.")


def test_what_is_not_translated_keeps_the_words_of_its_marks(assistant: Assistant) -> None:
    reply, _ = assistant.ask("radiólogo", Context(language="es"))
    assert (reply.language, reply.spoken) == ("en", "es")
    assert "(our advice)" in (reply.text or "")
    assert "nuestro" not in (reply.text or "")
    reply, _ = assistant.ask("¿cómo me preparo para la entrevista?", Context(language="es"))
    assert "(consejo nuestro)" in (reply.text or "")


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("quiero más información sobre la ARRT", ("arrt.overview",)),
        ("¿qué me puede decir del sueldo?", ("manager.pay",)),
        ("no entiendo qué es el CRA", ("cra.overview",)),
        ("¿me puede ayudar con la entrevista?", ("manager.interview",)),
        ("¿cómo le va a un gerente con el estrés?", ("manager.stress",)),
        ("gracias, ¿y la licencia?", ("manager.license",)),
        ("hola, ¿cuánto gana un gerente?", ("manager.pay",)),
        ("buenas, quisiera saber qué título necesito", ("manager.education",)),
        ("no, pregunté por el horario", ("manager.hours",)),
    ],
)
def test_a_question_with_a_courtesy_is_a_question(assistant: Assistant, text: str, intents: tuple[str, ...]) -> None:
    _, context = assistant.ask("¿cuánto gana un gerente de imágenes?", Context(language="es"))
    assert assistant.ask(text, context)[0].intents == intents


def test_a_decline_and_an_emergency_are_told_in_spanish(assistant: Assistant) -> None:
    declined, _ = assistant.ask("¿qué tal está el tráfico hoy en la ciudad?", Context())
    assert (declined.kind, declined.spoken) == ("decline", "es")
    for text in ("me duele mucho el pecho", "ayuda por favor"):
        reply, _ = assistant.ask(text, Context())
        assert (reply.intents, reply.spoken) == (("safety.emergency",), "es")
        assert "911" in (reply.text or "")


def crises(name: str) -> list[str]:
    return (Path(__file__).parent / "crises" / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("visit", [None, "es"])
def test_a_spanish_cry_for_help_is_heard_on_every_visit(assistant: Assistant, visit: str | None) -> None:
    context = Context(language=visit)
    lines = [line for text in crises("es") for line in dict.fromkeys((text, without_accents(text)))]
    replies = [(line, assistant.ask(line, context)[0]) for line in lines]
    assert [line for line, reply in replies if reply.intents != ("safety.emergency",)] == []
    # The pack's English cues know a few words of Spanish, and answer in English where they are the first to hear.
    assert sum(reply.spoken == "es" for _, reply in replies) >= 0.99 * len(replies)


def test_most_cries_survive_a_slip(assistant: Assistant) -> None:
    """Every line with the middle letter of its longest word left out, as thumbs do."""
    slipped = []
    for text in map(without_accents, crises("es")):
        longest = max(text.split(), key=len)
        half = len(longest) // 2
        slipped.append(text.replace(longest, longest[:half] + longest[half + 1 :], 1))
    heard = [line for line in slipped if assistant.ask(line, Context(language="es"))[0].kind == "safety"]
    assert len(heard) >= 0.9 * len(slipped)


def test_what_only_sounds_like_a_cry_is_none_on_a_spanish_visit(assistant: Assistant) -> None:
    loud = [
        text
        for text in crises("none_es")
        if "safety.emergency" in assistant.ask(text, Context(language="es"))[0].intents
    ]
    assert loud == []


def test_no_english_question_sounds_like_a_spanish_cry(assistant: Assistant) -> None:
    """A sign of Spanish lets its cues be tried; none of what English cases ask trips one."""
    asked = [item.ask for item in load_items((), ROOT, assistant.pack) if not item.place.file.endswith("spanish.yaml")]
    spoken = {text for text in asked if assistant.language_of(text) == "en"}
    heard = [who.understand for who in (assistant.speaking("es"), assistant)]
    tripped = [text for text in spoken if [_urgent(understand(text)) for understand in heard] == [True, False]]
    assert tripped == []


def _urgent(analysis: Analysis) -> bool:
    return analysis.alarm is not None and analysis.alarm.intent == "safety.emergency"


def without_accents(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


def test_english_replies_do_not_depend_on_a_further_language(assistant: Assistant) -> None:
    alone = Assistant(*open_pack(ROOT))
    for text in ("what is the CRA", "how much do they make", "hello", "what is the weather", "degree"):
        assert assistant.ask(text)[0] == alone.ask(text)[0]
