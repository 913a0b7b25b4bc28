"""A session and the line-by-line chat in a language that the visitor chose."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dimchat import open_assistant
from dimchat.apps.base.session import Session
from dimchat.cli.chat import spoken
from dimchat.cli.plain import Talk
from dimchat.errors import UsageError
from dimchat.render import to_plain
from dimchat.render.languages import named_language

ASSISTANT = open_assistant(Path(__file__).parents[2])
PACK = ASSISTANT.pack


def test_a_session_begins_in_a_language_and_goes_over_to_another() -> None:
    session = Session(PACK, ASSISTANT, lambda: 0.0, language="es")
    assert (session.pack.title, session.words.language) == ("Gerente de imágenes diagnósticas", "es")
    assert session.say("CRA").reply.spoken == "es", "a name tells no language"
    assert session.speak("en")
    assert (session.pack, session.say("CRA").reply.spoken) == (PACK, "en")
    assert not session.speak("fr")
    session.speak("es")
    session.forget()
    assert session.context.language == "es"


def test_a_session_picks_by_titles_of_its_language() -> None:
    session = Session(PACK, ASSISTANT, lambda: 0.0, language="es")
    category = next(one for one in session.pack.categories if one.id == "pay")
    intent = session.questions(category)[0]
    turn = session.pick(intent.id, intent.title)
    assert (turn.reply.intents, turn.reply.spoken) == ((intent.id,), "es")


def test_the_chat_goes_over_by_a_command() -> None:
    talk = Talk(PACK, ASSISTANT, lambda: date(2026, 11, 30))
    assert talk.respond("/language").startswith("There are answers in English (en) and Español (es)")
    assert talk.respond("/language Spanish") == "Desde ahora, en español."
    assert "Funciones" in talk.respond("/topics")


def test_around_a_reply_its_own_language_is_spoken() -> None:
    reply, _ = ASSISTANT.ask("¿Cuánto gana un gerente?")
    assert "Fuentes:" in to_plain(reply, PACK)
    assert "Sources:" in to_plain(ASSISTANT.ask("what is the CRA")[0], PACK)
    talk = Talk(PACK, ASSISTANT, lambda: date(2026, 11, 30))
    assert "t Todos los temas" in talk.respond("¿cuánto gana una enfermera?")
    assert "Funciones: personal" in talk.respond("ayuda")
    talk = Talk(PACK, ASSISTANT, lambda: date(2026, 11, 30))
    assert "t All topics" in talk.respond("how much does a plumber make")


@pytest.mark.parametrize(
    ("named", "found"), [("es", "es"), ("Español", "es"), ("spanish", "es"), ("inglés", "en"), ("", None), ("fr", None)]
)
def test_languages_are_named_in_every_way(named: str, found: str | None) -> None:
    assert named_language(PACK.languages, named) == found


def test_a_language_that_the_pack_has_not_is_a_wrong_usage() -> None:
    with pytest.raises(UsageError, match=r"says nothing in 'fr': there are answers in English \(en\) and Español"):
        spoken(PACK, "fr")
