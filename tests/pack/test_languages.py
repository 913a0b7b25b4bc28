"""What a pack says in a further language, `intents/es/` and `answers/es/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SPANISH = {
    "intents/es/pay.yaml": """\
- id: manager.pay
  title: ¿Cuánto gana un gerente?
  phrases:
    - cuanto gana un gerente
    - sueldo de un jefe
    - que salario tiene
    - le pagan bien
    - ingresos al año
""",
    "answers/es/pay.yaml": """\
- id: manager.pay
  short: Lo suficiente para vivir. [@bls-ooh]
  reviewed: 2026-11-24
""",
    "intents/es/vocabulary.yaml": """\
topics:
  - id: manager
    names:
      - gerente
aspects:
  - id: pay
    title: sueldo
    cues:
      - cuanto gana
""",
}


@pytest.fixture
def spanish(
    root: Path, write_files: Callable[[Path, Mapping[str, str]], None], edit: Callable[[str, str, str], None]
) -> Path:
    """The small pack, in Spanish as well."""
    write_files(root, SPANISH)
    edit("pack.yaml", "name: toy", "format: 2\nname: toy")
    return root


def test_a_pack_holds_itself_in_a_further_language(spanish: Path) -> None:
    pack = load_pack(spanish)
    assert (pack.languages, pack.also_in) == (("en", "es"), ("es",))
    other = pack.in_language("es")
    assert (other.language, other.intent["manager.pay"].title) == ("es", "¿Cuánto gana un gerente?")
    assert other.answer["manager.pay"].short == "Lo suficiente para vivir. [@bls-ooh]"
    assert other.answer["manager.pay"].text == other.answer["manager.pay"].short, (
        "the text falls back to the short form"
    )
    assert (other.topic["manager"].names, other.aspect["pay"].title) == (("gerente", "manager", "boss"), "sueldo")
    assert pack.in_language("fr") is pack


def test_a_share_is_said_in_the_language_of_the_answer(
    spanish: Path, write_files: Callable[[Path, Mapping[str, str]], None], edit: Callable[[str, str, str], None]
) -> None:
    write_files(
        spanish, {"answers/values.yaml": "- id: rise\n  value: 2.5 percent\n  source: bls-ooh\n  as_of: 2025-05\n"}
    )
    for folder in ("answers", "answers/es"):
        edit(f"{folder}/pay.yaml", "[@bls-ooh]", "{{rise}} in {{rise.as_of}} [@rise]")
    pack = load_pack(spanish)
    said = [one.answer["manager.pay"].short.partition(" [@")[0] for one in (pack, pack.in_language("es"))]
    assert said[0].endswith("2.5 percent in May 2025")
    assert said[1].endswith("2.5 por ciento in mayo de 2025")


def test_what_nobody_has_translated_falls_back_and_says_so(spanish: Path) -> None:
    other = load_pack(spanish).in_language("es")
    intent, answer = other.intent["manager.overview"], other.answer["manager.overview"]
    assert (intent.title, tuple(intent.phrases)) == ("What is a manager?", ())
    assert (answer.short, answer.language) == ("Someone who leads. [@guide]", "en")
    assert other.answer["manager.pay"].language == ""


def test_small_talk_and_safety_come_from_the_base_of_the_language(spanish: Path) -> None:
    other = load_pack(spanish).in_language("es")
    assert "hola" in {line.text for line in other.intent["conversation.greeting"].phrases}
    assert other.wordings["safety.emergency"]


def test_both_digests_know_a_further_language(spanish: Path, edit: Callable[[str, str, str], None]) -> None:
    first = load_pack(spanish)
    edit("answers/es/pay.yaml", "para vivir", "para comer")
    answered = load_pack(spanish)
    edit("intents/es/pay.yaml", "le pagan bien", "le pagan mucho")
    asked = load_pack(spanish)
    assert len({first.digest, answered.digest, asked.digest}) == len((first, answered, asked))
    assert first.learning_digest == asked.learning_digest, "what is learnt in English is the same"
    learnt = [one.in_language("es").learning_digest for one in (first, answered, asked)]
    assert learnt[0] == learnt[1] != learnt[2]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            ("intents/es/pay.yaml", "id: manager.pay", "id: manager.pai"),
            "unknown-intent intents/es/pay.yaml:1:7: the pack has no intent 'manager.pai', did you mean 'manager.pay'?",
        ),
        (
            ("answers/es/pay.yaml", "[@bls-ooh]", "[@guide]"),
            "cited-otherwise answers/es/pay.yaml:2:37: manager.pay does not cite 'guide' in answers/pay.yaml",
        ),
        (
            ("answers/es/pay.yaml", "reviewed: 2026-11-24", "reviewed: 2025-01-01"),
            (
                "stale-translation answers/es/pay.yaml:1:7: manager.pay was reviewed on 2026-11-24, "
                "and this was compared with it on 2025-01-01"
            ),
        ),
        (
            ("answers/es/pay.yaml", "  reviewed:", "  owner:"),
            "unknown-key answers/es/pay.yaml:3:3: unknown key 'owner'",
        ),
        (
            ("intents/es/vocabulary.yaml", "id: manager", "id: manger"),
            "unknown-topic intents/es/vocabulary.yaml:2:9: unknown topic 'manger', did you mean 'manager'?",
        ),
        (
            ("pack.yaml", "format: 2\n", ""),
            "needs-format answers/es/pay.yaml:1:1: a further language needs 'format: 2' in pack.yaml",
        ),
        (
            ("intents/es/pay.yaml", "    - le pagan bien\n    - ingresos al año\n", ""),
            "few-phrases intents/es/pay.yaml:4:5: manager.pay has 3 phrases; 5 is the least in a further language",
        ),
    ],
)
def test_faults_are_told_with_their_place(
    spanish: Path,  # noqa: ARG001 - the pack that is edited
    edit: Callable[[str, str, str], None],
    problems: Callable[[], list[str]],
    change: tuple[str, str, str],
    problem: str,
) -> None:
    edit(*change)
    assert problem in problems()


WEATHER = """\
- id: outside.weather_travel
  title: tiempo y viajes
  phrases:
    - va a llover
- id: outside.errands
  title: favores
  told: false
  phrases:
    - hazme la tarea
"""


def test_a_further_language_has_groups_of_its_own_outside(
    spanish: Path, write_files: Callable[[Path, Mapping[str, str]], None]
) -> None:
    before = load_pack(spanish)
    write_files(spanish, {"intents/es/outside.yaml": WEATHER})
    pack = load_pack(spanish)
    groups = pack.in_language("es").outside_group
    assert [(one.id, one.title, one.told) for one in pack.in_language("es").outside] == [
        ("outside.weather_travel", "tiempo y viajes", True),
        ("outside.errands", "favores", False),
    ]
    assert [line.text for line in groups["outside.weather_travel"].phrases] == ["va a llover"], "not those of the base"
    assert "outside.food_home" in groups, "what the pack has nothing of its own for comes from the base"
    assert pack.learning_digest == before.learning_digest
    assert pack.in_language("es").learning_digest != before.in_language("es").learning_digest


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            WEATHER.replace("outside.errands", "favores"),
            "bad-id intents/es/outside.yaml:5:7: 'favores' must be outside.name",
        ),
        (
            WEATHER.replace("hazme la tarea", "sueldo de un jefe"),
            "shared-phrase intents/es/outside.yaml:9:7: the phrase 'sueldo de un jefe' of outside.errands",
        ),
    ],
)
def test_faults_outside_are_told_with_their_place(
    spanish: Path,
    write_files: Callable[[Path, Mapping[str, str]], None],
    problems: Callable[[], list[str]],
    text: str,
    problem: str,
) -> None:
    write_files(spanish, {"intents/es/outside.yaml": text})
    assert any(one.startswith(problem) for one in problems()), problems()


def test_a_language_without_words_of_dimchat_is_refused(
    spanish: Path, write_files: Callable[[Path, Mapping[str, str]], None], problems: Callable[[], list[str]]
) -> None:
    write_files(spanish, {"intents/fr/pay.yaml": SPANISH["intents/es/pay.yaml"]})
    message = "'fr' is no further language that dimchat has words in: there is es"
    assert f"unknown-language intents/fr/pay.yaml:1:1: {message}" in problems()


def test_a_note_counts_what_is_missing(spanish: Path, problems: Callable[[], list[str]]) -> None:  # noqa: ARG001 - as above
    found = [one for one in problems() if one.startswith("untranslated")]
    counted = "es: 1 of 2 questions can be asked and 1 are answered in it"
    missing = "manager.overview is the first of 1 that fall back"
    assert found == [f"untranslated answers/es/pay.yaml:1:1: {counted}; {missing}"]
