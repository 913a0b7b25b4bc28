from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.language.spanish import stem
from dimchat.language.tokens import words
from dimchat.language.tongue import code_of, tongue_of
from dimchat.match import Matcher
from dimchat.match.options import options_for


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("imagen", "imágenes"),
        ("imagen", "imagenes"),
        ("día", "dias"),
        ("país", "países"),
        ("joven", "jovenes"),
        ("examen", "exámenes"),
        ("ley", "leyes"),
        ("creador", "creadores"),
        ("ayuda", "ayúdame"),
        ("abrazo", "abrazarnos"),
        ("tienes", "tengo"),
        ("puedes", "pueden"),
        ("cuesta", "costar"),
        ("aplicación", "aplicaciones"),
        ("luz", "luces"),
        ("año", "años"),
        ("autobús", "autobuses"),
        ("diviertes", "divertirte"),
        ("quiero", "querer"),
        ("pienso", "pensar"),
        ("empieza", "empezar"),
        ("sigue", "seguir"),
    ],
)
def test_forms_of_a_spanish_word_have_one_stem_with_accents_and_without(one: str, other: str) -> None:
    first, second = words(one), words(other)
    assert [stem(word) for word in first] == [stem(word) for word in second]


@pytest.mark.parametrize(
    ("one", "other"), [("pan", "pena"), ("nombre", "hombre"), ("llame", "llave"), ("pensar", "pena")]
)
def test_other_words_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(max_size=40))
def test_any_word_has_a_stem(text: str) -> None:
    for word in words(text):
        assert stem(word)


def test_a_language_without_tables_is_read_as_english() -> None:
    assert tongue_of("fi") == tongue_of("en")
    assert code_of("ES") == "es"


def test_a_matcher_reads_the_language_that_it_was_given_and_is_saved_with_it() -> None:
    phrases = ["quiero ver las imágenes", "enséñame una imagen", "cuánto cuesta una entrada", "precio de las entradas"]
    intents = ["image", "image", "cost", "cost"]
    spanish = Matcher.fit(phrases, intents, options=options_for("es"))
    (how,) = [word.how for word in spanish.rank("imagenes")[0].words]
    assert how in {"same", "stem"}
    assert spanish.rank("cuestan mucho")[0].intent == "cost"
    assert spanish.options.language == "es"
    assert spanish.options.meanings == 0
