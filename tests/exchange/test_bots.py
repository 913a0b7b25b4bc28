"""What leaves Rasa, Dialogflow ES and nlp.js, and FAQ pages on the web: small files of our own making."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.cli import run
from dimchat.errors import UsageError
from dimchat.exchange.bounded import MOST_BYTES
from dimchat.exchange.readers import FORMATS, read
from dimchat.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from dimchat.exchange.knowledge import KnowledgeBase

    ReadText = Callable[[str, str | bytes, str], KnowledgeBase]
    Import = Callable[..., int]


def zipped(files: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


RASA = {
    "config.yml": "language: en\npipeline: []\n",
    "data/nlu.yml": """\
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hello
    - good morning
- intent: opening_hours
  examples: |
    - when are you open
    - opening times on [sunday](day)
    - open [tomorrow]{"entity": "day", "value": "1"}?
- intent: faq/join
  examples:
  - text: |
      how do i join
  - text: becoming a member
- intent: out_of_scope
  examples: |
    - order a pizza
- intent: unanswered
  examples: |
    - do nothing
- synonym: fee
  examples: |
    - fine
- lookup: country
  examples: |
    - Spain
""",
    "domain.yml": """\
intents: [greet, opening_hours, faq, out_of_scope]
slots: {day: {type: text}}
responses:
  utter_greet:
  - text: Good day.
  - text: Hello there.
  utter_hours:
  - text: |
      From 9:

      - to 5
    buttons:
    - title: Join
      payload: /faq/join
  utter_faq/join:
  - text: "Come in, yes."
    image: https://example.org/a.png
  utter_default:
  - text: I cannot say.
""",
    "data/rules.yml": "rules:\n- rule: hours\n  steps:\n  - intent: opening_hours\n  - action: utter_hours\n",
    "tests/test_stories.yml": """\
stories:
- story: two questions
  steps:
  - user: |
      what time do you [open](x)
    intent: opening_hours
  - action: utter_hours
  - user: sign me up
    intent: faq/join
- story: nothing
  steps:
  - user: a pizza please
    intent: out_of_scope
""",
}


def test_a_project_of_rasa_is_read_whole(read_text: ReadText) -> None:
    base = read_text("rasa", zipped(RASA), "bot.zip")
    found = {entry.key: entry for entry in base.entries}
    assert list(found) == ["greet", "opening_hours", "faq/join", "out_of_scope"]
    assert found["greet"].answers == ["Good day.", "Hello there."]
    assert found["greet"].role == "talk"
    assert found["opening_hours"].questions == ["when are you open", "opening times on sunday", "open tomorrow?"]
    assert found["opening_hours"].answers == ["From 9:\n\n- to 5\n"]
    assert [(one.text, one.key) for one in found["opening_hours"].prompts] == [("Join", "faq/join")]
    assert found["faq/join"].questions == ["how do i join", "becoming a member"]
    assert found["faq/join"].answers[0].endswith("[https://example.org/a.png](https://example.org/a.png)")
    assert found["out_of_scope"].role == "outside"
    assert (base.language, base.fallback, base.synonyms) == ("en", ["I cannot say."], [("fee", "fine")])
    cases = [[(turn.ask, turn.key) for turn in case.turns] for case in base.cases]
    assert cases[0] == [("what time do you open", "opening_hours"), ("sign me up", "faq/join")]
    assert cases[1] == [("a pizza please", "")]
    told = {loss.where: loss.text for loss in base.dropped}
    assert "lookup 'country'" in told["data/nlu.yml:26"]
    assert "unanswered" in told["data/nlu.yml:20"]
    assert "slots 'day'" in told["domain.yml"]


def test_a_folder_of_rasa_becomes_a_pack_that_passes(tmp_path: Path) -> None:
    for name, text in RASA.items():
        (tmp_path / "bot" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "bot" / name).write_text(text, encoding="utf-8")
    assert run(["import", "rasa", str(tmp_path / "bot"), str(tmp_path / "x"), "--lossy"]) == 0
    pack = load_pack(tmp_path / "x")
    assert pack.wordings["conversation.greeting"] == ("Good day.", "Hello there.")
    assert pack.words.unknown == "I cannot say."
    assert "outside.order_pizza" in pack.outside_group
    assert run(["check", str(tmp_path / "x")]) == 0
    assert run(["test", "--pack", str(tmp_path / "x")]) == 0


def intent(name: str, answers: list[str], **more: Any) -> str:
    messages = [{"type": "0", "lang": "en", "speech": answers}, *more.pop("messages", ())]
    response = {"messages": messages, "parameters": [], "affectedContexts": more.pop("sets", [])}
    return json.dumps({"id": f"id-{name}", "name": name, "responses": [response], **more})


def says(*texts: str) -> str:
    return json.dumps([{"data": [{"text": part} for part in re.split(r"(?<= )", text)]} for text in texts])


AGENT = {
    "agent.json": json.dumps({"language": "en", "displayName": "Desk"}),
    "package.json": '{"version": "1.0.0"}',
    "intents/hours.json": intent(
        "hours",
        ["From 9.", "At nine."],
        sets=[{"name": "hours-followup", "lifespan": 2}],
        messages=[{"type": "2", "lang": "en", "replies": ["on sundays", "gone"]}, {"type": "4", "payload": {}}],
    ),
    "intents/hours_usersays_en.json": says("when are you open", "opening times"),
    "intents/hours_usersays_de.json": says("wann ist offen"),
    "intents/hours - sunday.json": intent(
        "hours - sunday", ["Closed."], contexts=["hours-followup"], parentId="id-hours"
    ),
    "intents/hours - sunday_usersays_en.json": says("on sundays"),
    "intents/Default Welcome Intent.json": intent("Default Welcome Intent", ["Hi!"], events=[{"name": "WELCOME"}]),
    "intents/Default Welcome Intent_usersays_en.json": says("hi", "hello"),
    "intents/Default Fallback Intent.json": intent("Default Fallback Intent", ["Say that again?"], fallbackIntent=True),
    "intents/book.json": intent("book", ["Booked for $date."], webhookUsed=True),
    "intents/book_usersays_en.json": says("book a room"),
    "entities/fee.json": '{"name": "fee"}',
    "entities/fee_entries_en.json": '[{"value": "fee", "synonyms": ["fee", "fine"]}]',
}


def test_an_agent_of_dialogflow_is_read_whole(read_text: ReadText) -> None:
    base = read_text("dialogflow", zipped(AGENT), "agent.zip")
    found = {entry.key: entry for entry in base.entries}
    hours, sunday = found["id-hours"], found["id-hours - sunday"]
    assert (hours.questions, hours.answers) == (["when are you open", "opening times"], ["From 9.", "At nine."])
    assert [prompt.key for prompt in hours.prompts] == [sunday.key]
    assert sunday.follows == [hours.key]
    assert found["id-Default Welcome Intent"].role == "talk"
    assert (base.title, base.language, base.welcome) == ("Desk", "en", ["Hi!"])
    assert (base.fallback, base.synonyms) == (["Say that again?"], [("fee", "fine")])
    told = [(loss.where, loss.text) for loss in base.losses]
    assert {name: (said.where, said.questions) for name, said in hours.said.items()} == {
        "de": ("intents/hours_usersays_de.json", ["wann ist offen"])
    }
    assert [where for where, text in told if "webhook" in text] == ["intents/book.json"]
    assert [where for where, text in told if "$date" in text] == ["intents/book.json"]
    assert len([text for _, text in told if "message of type 4" in text or "'gone'" in text]) == 2


CORPUS = {
    "name": "Corpus",
    "locale": "es-ES",
    "data": [
        {"intent": "desk.hours", "utterances": ["when are you open"], "answers": ["At 9.", {"answer": "Nine."}]},
        {"intent": "desk.join", "utterances": ["how do i join"], "tests": ["joining please"], "answer": "x"},
        {"intent": "None", "tests": ["order a pizza"]},
    ],
    "entities": {"fee": {"options": {"fee": ["fine"]}}, "mail": "/x/"},
}


def test_a_corpus_of_nlpjs_brings_its_tests_as_cases(bring_in: Import, read_text: ReadText, tmp_path: Path) -> None:
    base = read_text("nlpjs", json.dumps(CORPUS), "corpus.json")
    assert base.entries[0].answers == ["At 9.", "Nine."]
    assert [loss.where for loss in base.dropped] == ["corpus.json: mail"]
    assert bring_in("nlpjs", json.dumps(CORPUS), "corpus.json", "--lossy") == 0
    pack = load_pack(tmp_path / "x")
    assert (pack.language, [one.id for one in pack.browsable]) == ("es-ES", ["desk.hours", "desk.join"])
    assert pack.answer["desk.hours"].wordings == (("Nine.", "Nine."),)
    assert "joining please" in (tmp_path / "x/tests/cases/desk.yaml").read_text()
    assert "order a pizza" in (tmp_path / "x/tests/cases/outside.yaml").read_text()


PAGE = """<!doctype html>
<html lang="en-GB"><head>
<script type="application/ld+json">not json</script>
<script type="application/ld+json; charset=utf-8">
{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {"@type": ["FAQPage", "WebPage"],
 "name": "Our FAQ", "url": "https://example.org/faq", "mainEntity": [
 {"@type": "Question", "name": "Q &amp; A one?", "acceptedAnswer": {"@type": "Answer",
  "text": "<p>See <a href='https://example.org/x'>this</a>:</p><table><tr><th>a</th></tr><tr><td>1</td></tr></table>"}},
 {"@type": "Question", "name": "Q two?", "acceptedAnswer": {"@type": "Answer", "text": ""}}
]}]}
</script></head><body><p>Rest.</p></body></html>
"""


def test_a_saved_page_is_read(read_text: ReadText, bring_in: Import, tmp_path: Path) -> None:
    base = read_text("faqpage", PAGE, "faq.html")
    (entry,) = base.entries
    assert (base.title, base.language) == ("Our FAQ", "en-GB")
    assert (entry.questions, entry.sources, entry.markup) == (["Q & A one?"], ["https://example.org/faq"], "html")
    assert [loss.where for loss in base.dropped] == ["faq.html:3", "faq.html:4: question 2"]
    assert base.dropped[0].text == "not JSON: Expecting value"
    assert bring_in("faqpage", PAGE, "faq.html", "--lossy") == 0
    text = load_pack(tmp_path / "x").answers[0].text
    assert text.startswith("See [this](https://example.org/x):\n\n| a |\n| --- |\n| 1 |\n")


@pytest.mark.parametrize(
    ("format_", "name", "data", "part"),
    [
        ("rasa", "a.yml", "nlu: &a [*a]\n", "an alias"),
        ("rasa", "a.yml", "[" * 100_000, "inside each other"),
        ("rasa", "a.yml", "a: b: c\n", "a.yml:1: not YAML"),
        ("rasa", "a.yml", "version: '3.1'\n", "no training data"),
        ("dialogflow", "a.zip", "no zip", "no zip file"),
        ("dialogflow", "a.zip", zipped({"agent.json": "{}"}), "no agent"),
        ("dialogflow", "a.zip", zipped({"intents/a.json": " " * 4_000_000}), "far more than its size"),
        ("dialogflow", "a.zip", zipped({f"intents/{n}.json": "" for n in range(20_001)}), "more than 20,000 files"),
        ("dialogflow", "a.zip", zipped({f"intents/{n}.json": " " * 2**20 for n in range(129)}), "more than 128 MiB"),
        ("dialogflow", "a.zip", zipped({"intents/a.json": "[" * 70 + "]" * 70}), "more than 64"),
        ("nlpjs", "a.json", f'{{"data": {"[" * 70 + "]" * 70}}}', "more than 64"),
        ("faqpage", "a.json", f'{{"@type": "FAQPage", "x": {"[" * 70 + "]" * 70}}}', "more than 64"),
        ("nlpjs", "a.json", "[]", "no corpus"),
        ("faqpage", "a.html", "<html></html>", "no FAQPage"),
        ("xlsx", "a.xlsx", zipped({"a.txt": ""}), "no workbook"),
    ],
)
def test_what_is_none_of_these_or_made_to_do_harm_is_refused(
    read_text: ReadText, format_: str, name: str, data: str | bytes, part: str
) -> None:
    with pytest.raises(UsageError, match=part):
        read_text(format_, data, name)


def test_what_macos_notes_in_an_archive_is_no_part_of_it(read_text: ReadText) -> None:
    project = "nlu:\n- intent: a\n  examples: |\n    - first words\nresponses:\n  utter_a:\n  - text: A.\n"
    archive = zipped({"bot/data/nlu.yml": project, "__MACOSX/bot/data/._nlu.yml": "\x00\x05\x16\x07"})
    assert [one.questions for one in read_text("rasa", archive, "a.zip").entries] == [["first words"]]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_that_is_too_large_is_not_read(format_: str, tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UsageError, match="larger than 32 MiB"):
        read(format_, tmp_path / "large")


def workbook(rows: list[list[Any]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_workbook_is_a_table_and_its_formulas_are_text(read_text: ReadText) -> None:
    rows: list[list[Any]] = [["Question", "Answer", "floor"], ["where is it", "=1+2", 3], [None, None, None]]
    base = read_text("xlsx", workbook(rows), "t.xlsx")
    assert [(one.where, one.answers, one.metadata) for one in base.entries] == [("t.xlsx:2", ["=1+2"], {"floor": "3"})]
    assert "formula" in base.losses[0].text


@pytest.mark.parametrize("size", ["A1", "A1:B2", "A1:XFD9"])
def test_a_workbook_that_tells_another_size_is_read_whole(read_text: ReadText, size: str) -> None:
    data = workbook([["question", "answer", "floor"], ["q one", "a one"], ["q two", "a two", 2]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    files[sheet] = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{size}"', files[sheet])
    base = read_text("xlsx", zipped(files), "t.xlsx")
    assert [(one.questions, one.answers, one.metadata) for one in base.entries] == [
        (["q one"], ["a one"], {}),
        (["q two"], ["a two"], {"floor": "2"}),
    ]


def test_entities_in_a_workbook_are_refused(read_text: ReadText) -> None:
    data = workbook([["question", "answer"], ["q one", "a"]])
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        with pytest.raises(UsageError, match="no workbook"):
            read_text("xlsx", zipped({**files, name: bomb}), "t.xlsx")


def test_reading_runs_and_fetches_nothing_and_keeps_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"../../evil.yml": "nlu:\n- intent: a\n  examples: |\n    - b\n"}))
    with pytest.raises(UsageError):
        read("rasa", tmp_path / "a.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
