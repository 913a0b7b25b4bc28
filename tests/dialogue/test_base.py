"""What any pack says without a word of its own for it: in a crisis, and in small talk, in each language of the base."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.index import open_assistant

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant


TALK = {
    "en": {
        "greeting": ["hello", "Hi there!", "good morning", "hey, how are you"],
        "thanks": ["thanks", "thank you so much for your help", "great, that helped"],
        "goodbye": ["bye", "see you later", "that's all for today"],
        "help": ["what can you do", "help", "what can I ask you?", "how does this work"],
        "about": ["who are you", "are you a real person?", "am I talking to a robot"],
        "more": ["tell me more", "more details please", "go on"],
        "repeat": ["say that again", "can you repeat that", "shorter please"],
        "sources": ["where is that from", "who says so", "what's your source"],
        "negation": ["that's not what I asked", "no, not that", "none of these"],
        "complaint": ["you are useless", "this is a waste of time", "you don't understand anything"],
    },
    "es": {
        "greeting": ["hola", "¡Buenos días!", "hola, ¿qué tal?", "hola, buenas noches", "¿qué onda?"],
        "thanks": ["gracias", "muchas gracias por su ayuda", "ok, gracias", "bueno, gracias", "se lo agradezco"],
        "goodbye": ["adiós", "hasta luego", "nos vemos luego", "ya me voy, gracias", "que le vaya bien"],
        "help": ["¿qué puedes hacer?", "ayuda", "¿en qué me puede ayudar?", "¿me puede ayudar?", "¿cómo uso esto?"],
        "about": [
            "¿quién eres?",
            "¿eres un robot?",
            "¿es usted una persona?",
            "¿usted es humano?",
            "¿quién lo hizo a usted?",
        ],
        "more": ["cuéntame más", "más detalles", "cuénteme más", "siga, por favor", "explíqueme más"],
        "repeat": [
            "¿puede repetir?",
            "otra vez, por favor",
            "no le entendí",
            "no entendí, más corto",
            "explíquelo más fácil",
        ],
        "sources": ["¿de dónde sale eso?", "¿quién lo dice?", "¿de dónde sacó eso?", "¿cuáles son las fuentes?"],
        "negation": [
            "no es eso",
            "ninguna de estas",
            "no era lo que buscaba",
            "no me entiende",
            "eso no fue lo que pregunté",
        ],
        "complaint": ["esto no sirve para nada", "eres inútil", "usted no sirve para nada", "no me ayuda en nada"],
    },
    "de": {
        "greeting": ["Hallo", "Guten Tag!", "Grüß Gott"],
        "thanks": ["danke", "Vielen Dank für Ihre Hilfe"],
        "goodbye": ["tschüss", "Auf Wiedersehen"],
        "help": ["Was kannst du?", "Hilfe", "Wie funktioniert das hier?"],
        "about": ["Wer bist du?", "Bist du ein Mensch?"],
        "more": ["erzähl mehr", "mehr Details bitte"],
        "repeat": ["noch einmal bitte", "Können Sie das wiederholen?"],
        "sources": ["Woher ist das?", "Wer sagt das?"],
        "negation": ["Das habe ich nicht gemeint", "keine davon"],
        "complaint": ["Du bist nutzlos", "Das hilft mir nicht"],
    },
}
QUESTIONS = {"en": "when do you open", "es": "a qué hora abren", "de": "wann haben Sie offen"}


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assistant]:
    """Return the assistants of packs that `dimchat import` made of two questions, by language."""
    made = {}
    for language, question in QUESTIONS.items():
        folder = tmp_path_factory.mktemp(language)
        table = folder / "faq.csv"
        table.write_text(f"question,answer\n{question}?,At nine.\n", encoding="utf-8")
        assert run(["import", "csv", str(table), str(folder / "pack")]) == 0
        head = folder / "pack" / "pack.yaml"
        text = head.read_text(encoding="utf-8")
        assert "language: en\n" in text
        head.write_text(text.replace("language: en\n", f"language: {language}\n"), encoding="utf-8")
        made[language] = open_assistant(folder / "pack")
    return made


def said(name: str) -> list[str]:
    """Return the lines of a file of `crises`: each is a message of its own."""
    lines = (Path(__file__).parent / "crises" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines))
    return lines


def unhelped(assistant: Assistant, lines: list[str]) -> list[str]:
    return [line for line in lines if assistant.ask(line)[0].kind != "safety"]


@pytest.mark.parametrize("language", QUESTIONS)
def test_every_wording_of_a_crisis_gets_help(packs: dict[str, Assistant], language: str) -> None:
    lines = said(language)
    assert len(lines) >= {"en": 250, "es": 300, "de": 75}[language]
    assert unhelped(packs[language], lines) == []
    reply, _ = packs[language].ask(lines[0])
    assert reply.text is not None
    assert "112" in reply.text


@pytest.mark.parametrize(("language", "name"), [("en", "none"), ("es", "none_es")])
def test_what_only_sounds_like_a_crisis_gets_none(packs: dict[str, Assistant], language: str, name: str) -> None:
    assert [line for line in said(name) if packs[language].ask(line)[0].kind == "safety"] == []


@pytest.mark.parametrize("language", TALK)
def test_ten_kinds_of_small_talk_work(packs: dict[str, Assistant], language: str) -> None:
    assert len(TALK[language]) == 10
    missed = {}
    for name, lines in TALK[language].items():
        for line in lines:
            reply = packs[language].ask(line)[0]
            if reply.intents != (f"conversation.{name}",):
                missed[line] = (name, reply.kind, reply.intents)
    assert missed == {}


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_of_the_pack_is_no_small_talk(packs: dict[str, Assistant], language: str) -> None:
    assert packs[language].ask(QUESTIONS[language])[0].kind == "answer"


def test_what_can_you_do_lists_what_it_can(packs: dict[str, Assistant]) -> None:
    reply, _ = packs["en"].ask("what can you do")
    assert reply.categories
    assert [one.title for one in reply.suggestions] == ["When do you open?"]


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("en", "who won the game last night", "outside.entertainment"),
        ("en", "what color is the door", None),
        ("es", "¿Quién ganó el partido?", "outside.entertainment"),
        ("es", "¿De qué color es la puerta?", None),
        ("es", "¿se puede dejar el coche cerca?", None),
        ("es", "¿Cuál es la edad media de los lectores?", None),
        ("de", "Wie wird das Wetter morgen?", "outside.weather_travel"),
        ("de", "Welche Farbe hat die Tür?", None),
        ("de", "Kann ich mein Auto in der Nähe abstellen?", None),
    ],
)
def test_a_decline_gives_no_reason_that_the_message_does_not_give(
    packs: dict[str, Assistant], language: str, text: str, named: str | None
) -> None:
    reply = packs[language].ask(text)[0]
    assert (reply.kind, reply.outside) == ("decline", named)
