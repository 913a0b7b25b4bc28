from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]


def told(toy: Path, capsys: Capture, *options: str) -> dict[str, list[str]]:
    run(["coverage", "--pack", str(toy), "-j", "1", "--json", *options])
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "dimchat.coverage/1"
    found: dict[str, list[str]] = {kind: [] for kind in data["kinds"]}
    for one in data["untouched"]:
        found[one["kind"]].append(f"{one['file']}:{one['line']} {one['text']}")
    return found


def test_what_no_case_touches_has_a_place(toy: Path, capsys: Capture) -> None:
    cases = "- intent: shop.hours\n  ask:\n    - until when are you open today\n"
    (toy / "tests/cases/shop.yaml").write_text(cases, encoding="utf-8")
    found = told(toy, capsys)
    assert found["intents"] == ["intents/shop.yaml:14 How do I return a toy?"]
    assert "intents/shop.yaml:13 shop.hours -> shop.returns" in found["follow-ups"]
    assert len(found["follow-ups"]) == 2
    assert "intents/shop.yaml:17 return policy" in found["phrases"]
    assert found["sources"] == []
    assert len(found["topics"]) == 2


def test_what_a_case_in_the_words_of_a_phrase_cannot_tell_is_said(toy: Path, capsys: Capture) -> None:
    cases = toy / "tests/cases/shop.yaml"
    cases.write_text(
        "- intent: shop.hours\n  ask:\n    - Opening Hours\n    - until when are you open today\n", encoding="utf-8"
    )
    run(["coverage", "--pack", str(toy), "-j", "1", "--json"])
    assert json.loads(capsys.readouterr().out)["word_for_word"] == {"touched": 1, "all": 2}
    run(["coverage", "--pack", str(toy), "-j", "1"])
    assert "1 of the 2 cases that pass asks a phrase word for word" in capsys.readouterr().out


def test_the_only_line_of_an_intent_is_not_held_out_of_it(toy: Path, capsys: Capture) -> None:
    intents = toy / "intents/shop.yaml"
    before, own, after = intents.read_text(encoding="utf-8").partition("    - return policy\n")
    intents.write_text(
        f"{before}    - how do I return a toy\n  next:{(own + after).partition('  next:')[2]}", encoding="utf-8"
    )
    run(["coverage", "--pack", str(toy), "-j", "1", "--json", "--kind", "pairs"])
    (pair,) = json.loads(capsys.readouterr().out)["pairs"]
    assert (pair["not_held_out"], pair["phrases"]) == (1, 9)


def test_a_case_that_fails_touches_nothing(toy: Path, capsys: Capture) -> None:
    cases = "- intent: shop.hours\n  contains: at midnight\n  ask:\n    - until when are you open today\n"
    (toy / "tests/cases/shop.yaml").write_text(cases, encoding="utf-8")
    assert len(told(toy, capsys)["intents"]) == 2


def test_a_conversation_follows_a_suggestion(toy: Path, capsys: Capture) -> None:
    found = told(toy, capsys)
    assert found["follow-ups"] == ["intents/shop.yaml:13 shop.hours -> shop.returns"]
    assert found["intents"] == []


def test_the_words_of_a_limit_want_a_case(toy: Path, capsys: Capture) -> None:
    answers = toy / "answers/shop.yaml"
    limit = "    No source says what happens on holidays.\n"
    answers.write_text(
        answers.read_text(encoding="utf-8").replace("- id: shop.returns", limit + "- id: shop.returns"),
        encoding="utf-8",
    )
    assert told(toy, capsys)["limits"] == ["answers/shop.yaml:5 No source says what happens on holidays."]
    cases = toy / "tests/cases/shop.yaml"
    cases.write_text(
        cases.read_text(encoding="utf-8").replace(
            "- intent: shop.hours\n", "- intent: shop.hours\n  contains: on holidays\n", 1
        ),
        encoding="utf-8",
    )
    assert told(toy, capsys)["limits"] == []


def test_intents_that_are_taken_for_each_other_want_cases(toy: Path, capsys: Capture) -> None:
    cases = "- intent: shop.hours\n  not_intent: shop.returns\n  ask:\n    - until when are you open today\n"
    (toy / "tests/cases/shop.yaml").write_text(cases, encoding="utf-8")
    run(["coverage", "--pack", str(toy), "-j", "1", "--kind", "pairs"])
    out = capsys.readouterr().out
    assert "shop.hours / shop.returns" in out
    assert "told apart tests/cases/shop.yaml:4  shop.hours" in out
    assert "a case that expects shop.returns where shop.hours is near" in out


def test_the_least_is_wanted_of_every_kind_that_is_shown(toy: Path, capsys: Capture) -> None:
    arguments = ["coverage", "--pack", str(toy), "-j", "1"]
    assert run([*arguments, "--kind", "intents", "--kind", "sources", "--min", "100"]) == 0
    assert run([*arguments, "--kind", "phrases", "--min", "99.9"]) == 1
    assert "less than 99.9 %" in capsys.readouterr().err
    assert run([*arguments, "--kind", "phrases"]) == 0
    assert run([*arguments, "--min", "101"]) == 2


@pytest.mark.parametrize("text", ["", "[]\n"])
def test_no_cases_are_an_error(toy: Path, capsys: Capture, text: str) -> None:
    (toy / "tests/cases/shop.yaml").unlink()
    if text:
        (toy / "tests/cases/shop.yaml").write_text(text, encoding="utf-8")
    assert run(["coverage", "--pack", str(toy), "-j", "1"]) in (1, 2)
    assert capsys.readouterr().err


def test_the_report_lists_what_is_untouched(toy: Path, tmp_path: Path, capsys: Capture) -> None:
    pytest.importorskip("jinja2")
    pytest.importorskip("matplotlib")
    page = tmp_path / "page.html"
    arguments = ["coverage", "--pack", str(toy), "-j", "1", "--markdown", "-", "--html", str(page)]
    assert run(arguments) == 0
    out = capsys.readouterr().out
    assert "| intents/shop.yaml:13 | shop.hours -\\> shop.returns |" in out
    assert "## Intents that are easily taken for each other" in out
    assert "shop.hours / shop.returns" in page.read_text(encoding="utf-8").replace("<wbr>", "")


def test_annotations_warn_of_what_is_too_little(toy: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(toy.parent)
    arguments = ["coverage", "--pack", "toy", "-j", "1", "--kind", "follow-ups", "--github"]
    for more, level in (([], "notice"), (["--min", "90"], "warning")):
        run([*arguments, *more])
        lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::")]
        assert len(lines) == 1
        assert lines[0].startswith(f"::{level} file=toy/intents/shop.yaml,line=13,col=7,title=no conversation goes")
        assert lines[0].endswith("::shop.hours -> shop.returns")


SPANISH = {
    "intents/es/shop.yaml": """\
- id: shop.hours
  title: ¿Cuándo abren?
  phrases:
    - a qué hora abren
    - horario de la tienda
    - hasta qué hora atienden
    - abren los domingos
    - cuándo cierran
""",
    "answers/es/shop.yaml": "- id: shop.hours\n  short: De nueve a cinco. [@sign]\n",
    "intents/es/outside.yaml": "- id: outside.food\n  title: comida\n  phrases:\n    - receta de pan\n",
    "intents/es/vocabulary.yaml": "aspects:\n  - id: hours\n    title: horario\n    cues:\n      - horario\n",
}


def test_what_a_further_language_lacks_is_told(toy: Path, capsys: Capture) -> None:
    head = toy / "pack.yaml"
    head.write_text("format: 2\n" + head.read_text(encoding="utf-8"), encoding="utf-8")
    for name, text in SPANISH.items():
        (toy / name).parent.mkdir(exist_ok=True)
        (toy / name).write_text(text, encoding="utf-8")
    cases = toy / "tests/cases/shop.yaml"
    cases.write_text(
        cases.read_text(encoding="utf-8") + "- intent: shop.hours\n  ask:\n    - ¿a qué hora cierran hoy?\n",
        encoding="utf-8",
    )
    run(["coverage", "--pack", str(toy), "-j", "1", "--json", "--kind", "intents"])
    (said,) = json.loads(capsys.readouterr().out)["languages"]
    assert {name: said[name] for name in ("language", "all", "asked", "answered", "reached", "outside")} == {
        "language": "es",
        "all": 2,
        "asked": 1,
        "answered": 1,
        "reached": 1,
        "outside": 1,
    }
    assert said["aspects_without_cues"] == ["returns"]
    assert said["topics_without_names"] == ["shop"]
    (lack,) = said["lacks"]
    assert (lack["id"], lack["file"], lack["phrases"], lack["answer"]) == (
        "shop.returns",
        "intents/shop.yaml",
        True,
        True,
    )
    run(["coverage", "--pack", str(toy), "-j", "1", "--kind", "intents", "--markdown", "-"])
    assert "| shop.returns | no phrases, no answer |" in capsys.readouterr().out
    run(["coverage", "--pack", str(toy), "-j", "1", "--kind", "intents"])
    out = capsys.readouterr().out
    assert "said in a further language: es" in out
    assert "shop.returns: no phrases, no answer" in out


def test_a_pack_of_one_language_says_nothing_of_others(toy: Path, capsys: Capture) -> None:
    run(["coverage", "--pack", str(toy), "-j", "1", "--json"])
    assert json.loads(capsys.readouterr().out)["languages"] == []
