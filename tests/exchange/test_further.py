"""Imports and exports in two languages: a file that says both, one that says the second, and the way back."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.index import open_assistant
from dimchat.model import Context
from dimchat.pack import load_pack

from .test_bots import says, zipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Import = Callable[..., int]

HEAD = "id,question,answer,category,source,language,group\n"
ENGLISH = """\
visit.hours,when are you open,From 9. On Sundays from 10.,Visits,https://example.org/visit,en,
visit.hours,opening times,,,,en,
visit.fee,how much is it,A dollar.,Visits,,en,
outside.weather,will it rain,,,,en,outside
"""
SPANISH = """\
visit.hours,a qué hora abren,Desde las 9. Los domingos desde las 10.,,,es,
visit.hours,horario de apertura,,,,es,
visit.hours,Horario de apertura?,,,,es,
outside.weather,va a llover mañana,,,,es,outside
"""


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_a_table_of_two_languages_becomes_a_pack_of_two(bring_in: Import, tmp_path: Path) -> None:
    assert bring_in("csv", HEAD + ENGLISH + SPANISH, "faq.csv") == 0
    pack = load_pack(tmp_path / "x")
    assert pack.languages == ("en", "es")
    other = pack.in_language("es")
    assert other.intent["visit.hours"].title == "A qué hora abren"
    assert [line.text for line in other.intent["visit.hours"].phrases] == ["a qué hora abren", "horario de apertura"]
    assert other.answer["visit.hours"].short == f"Desde las 9. {pack.answer['visit.hours'].short.partition('9. ')[2]}"
    assert other.answer["visit.hours"].short.endswith("[@example-org-visit]")
    assert other.answer["visit.fee"].language == "en"
    assert [line.text for line in other.outside_group["outside.weather"].phrases] == ["va a llover mañana"]
    assert (tmp_path / "x" / "intents" / "es" / "calibration.json").is_file()
    assert run(["check", str(tmp_path / "x")]) == 0
    assistant = open_assistant(tmp_path / "x")
    reply, _ = assistant.ask("¿a qué hora abren?", Context())
    assert (reply.intents, reply.spoken, reply.language) == (("visit.hours",), "es", "es")


def test_a_second_import_changes_in_each_language_what_nobody_edited(bring_in: Import, tmp_path: Path) -> None:
    assert bring_in("csv", HEAD + ENGLISH + SPANISH, "faq.csv") == 0
    before = {path: path.read_bytes() for path in (tmp_path / "x").rglob("*") if path.is_file()}
    assert bring_in("csv", HEAD + ENGLISH + SPANISH, "faq.csv") == 0
    assert {path: path.read_bytes() for path in before} == before
    changed = SPANISH.replace("Desde las 9.", "Desde las 8.").replace("horario de apertura", "cuándo abren")
    assert bring_in("csv", HEAD + ENGLISH + changed, "faq.csv") == 0
    answers, intents = (tmp_path / "x" / folder / "es" / "visits.yaml" for folder in ("answers", "intents"))
    assert "Desde las 8." in read(answers)
    assert "cuándo abren" in read(intents)
    assert "horario de apertura" not in read(intents)
    answers.write_text(read(answers).replace("Desde las 8.", "A las ocho."), encoding="utf-8")
    again = changed.replace("Desde las 8.", "Desde las 7.")
    assert bring_in("csv", HEAD + ENGLISH + again, "faq.csv") == 0
    assert "A las ocho." in read(answers), "what a curator edited stays"
    assert "Desde las 7." not in read(answers)
    assert "From 9." in read(tmp_path / "x" / "answers" / "visits.yaml")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("visit.parking,dónde estaciono,Atrás.,,,es,\n", "no row in en has this"),
        ("visit.hours,wann ist offen,Ab 9.,,,de,\n", "it is in de; a pack in en can hold es beside that"),
        ("visit.fee,a qué hora abren,Un dólar.,,,es,\n", "'a qué hora abren'"),
    ],
)
def test_what_has_no_place_is_told_with_its_row(
    bring_in: Import, tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, message: str
) -> None:
    assert bring_in("csv", HEAD + ENGLISH + SPANISH + row, "faq.csv") == 1
    said = capsys.readouterr()
    assert f"faq.csv:{2 + len((ENGLISH + SPANISH).splitlines())}: dropped: " in said.out + said.err
    assert message in said.out + said.err
    assert not (tmp_path / "x").exists()


def test_a_pack_of_two_languages_goes_out_as_a_table_and_comes_back(
    bring_in: Import, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring_in("csv", HEAD + ENGLISH + SPANISH, "faq.csv") == 0
    out, again = tmp_path / "out.csv", tmp_path / "again"
    assert run(["export", "csv", str(out), "--pack", str(tmp_path / "x")]) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert [(row["id"], row["question"]) for row in rows if row["language"] == "es"] == [
        ("visit.hours", "a qué hora abren"),
        ("visit.hours", "horario de apertura"),
        ("outside.weather", "va a llover mañana"),
    ]
    assert run(["import", "csv", str(out), str(again)]) == 0
    packs = [load_pack(folder).in_language("es") for folder in (tmp_path / "x", again)]
    said = [
        [(one.id, one.title, [line.text for line in one.phrases]) for one in pack.browsable if one.phrases]
        for pack in packs
    ]
    assert said[0] == said[1]
    assert packs[0].answer["visit.hours"].text == packs[1].answer["visit.hours"].text
    capsys.readouterr()
    assert run(["export", "qna", str(tmp_path / "out.qna"), "--pack", str(tmp_path / "x")]) == 0
    assert "what 2 questions say in es" in capsys.readouterr().out


def test_an_agent_of_dialogflow_in_two_languages(bring_in: Import, tmp_path: Path) -> None:
    messages = [
        {"type": "0", "lang": "en", "speech": ["From 9."]},
        {"type": "0", "lang": "es", "speech": ["Desde las 9."]},
    ]
    agent = {
        "agent.json": json.dumps({"language": "en", "displayName": "Desk", "supportedLanguages": ["es"]}),
        "intents/hours.json": json.dumps(
            {"id": "1", "name": "hours", "responses": [{"messages": messages, "parameters": []}]}
        ),
        "intents/hours_usersays_en.json": says("when are you open", "opening times"),
        "intents/hours_usersays_es.json": says("a qué hora abren", "cuándo abren"),
    }
    assert bring_in("dialogflow", zipped(agent), "agent.zip") == 0
    pack = load_pack(tmp_path / "x")
    (name,) = [intent.id for intent in pack.browsable]
    other = pack.in_language("es")
    assert (pack.answer[name].text.strip(), other.answer[name].text.strip()) == ("From 9.", "Desde las 9.")
    assert [line.text for line in other.intent[name].phrases] == ["a qué hora abren", "cuándo abren"]


def corpus(locale: str, *entries: tuple[str, list[str], str]) -> str:
    data = [{"intent": name, "utterances": lines, "answers": [answer]} for name, lines, answer in entries]
    return json.dumps({"name": "Desk", "locale": locale, "data": data}, ensure_ascii=False)


def test_a_file_in_the_second_language_goes_beside_the_first(
    bring_in: Import, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = corpus("en-US", ("desk.hours", ["when are you open", "opening times"], "From 9."))
    other = ("desk.hours", ["a qué hora abren", "cuándo abren"], "Desde las 9.")
    assert bring_in("nlpjs", own, "corpus-en.json") == 0
    before = {name: read(tmp_path / "x" / name / "desk.yaml") for name in ("intents", "answers")}
    assert bring_in("nlpjs", corpus("es", other, ("desk.fee", ["cuánto es"], "Un dólar.")), "corpus-es.json") == 1
    assert "the pack has nothing of an earlier import" in "".join(capsys.readouterr())
    assert bring_in("nlpjs", corpus("es", other), "corpus-es.json") == 0
    assert {name: read(tmp_path / "x" / name / "desk.yaml") for name in before} == before
    pack = load_pack(tmp_path / "x").in_language("es")
    assert pack.answer["desk.hours"].text.strip() == "Desde las 9."
    assert [line.text for line in pack.intent["desk.hours"].phrases] == other[1]
    changed = corpus("en-US", ("desk.hours", ["when are you open", "opening times"], "From 8."))
    assert bring_in("nlpjs", changed, "corpus-en.json") == 0
    assert "From 8." in read(tmp_path / "x" / "answers" / "desk.yaml")
    assert "Desde las 9." in read(tmp_path / "x" / "answers" / "es" / "desk.yaml")


def test_a_pack_of_format_1_takes_one_language(
    bring_in: Import, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring_in("csv", HEAD + ENGLISH, "faq.csv") == 0
    head = tmp_path / "x" / "pack.yaml"
    text = read(head)
    assert "format: '2'\n" in text
    head.write_text(text.replace("format: '2'\n", "").replace("profile: faq\n", ""), encoding="utf-8")
    assert bring_in("csv", HEAD + ENGLISH + SPANISH, "faq.csv") == 1
    assert "a pack of format 1 holds one language alone: dimchat upgrade" in "".join(capsys.readouterr())
