"""What QnA Maker and custom question answering export."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dimchat.errors import UsageError
from dimchat.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.exchange.knowledge import Entry, KnowledgeBase

    Import = Callable[..., int]
    ReadText = Callable[[str, str | bytes, str], KnowledgeBase]

HEAD = "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\n"
PROMPT = '[{"DisplayOrder":0,"QnaId":2,"Qna":null,"DisplayText":"Late fees"}]'
SUGGESTED = '[{"ClusterHead":"c","AlternateQuestionList":[{"Question":"can i join","AutoSuggestedCount":1}]}]'
TABLE = (
    HEAD
    + f"how do i join\tCome in.\\n\\n- with a card\\n- or without\thttps://example.org/a\tdesk:front|for:all\t[]\tFalse"
    f"\t{PROMPT}\t1\r\n"
    f"becoming a member\tCome in.\\n\\n- with a card\\n- or without\thttps://example.org/a\tdesk:front\t{SUGGESTED}\tFalse"
    f"\t{PROMPT}\t1\r\n"
    "what do late books cost\tA coin a day.\tEditorial\t\t[]\tTrue\t[]\t2\n"
    "hello there\tGood day.\tqna_chitchat_friendly.tsv\teditorial:chitchat\t[]\tFalse\t[]\t3\n"
)


def test_rows_of_one_number_are_one_entry_with_its_answer_and_prompts(read_text: ReadText) -> None:
    base = read_text("qnamaker", "\ufeff" + TABLE, "kb.tsv")
    join, fees, hello = base.entries
    assert join.questions == ["how do i join", "becoming a member"]
    assert join.answers == ["Come in.\n\n- with a card\n- or without"]
    assert (join.sources, join.metadata["desk"], join.metadata["for"]) == (["https://example.org/a"], "front", "all")
    assert [(prompt.text, prompt.key) for prompt in join.prompts] == [("Late fees", "2")]
    assert (fees.follows, fees.sources) == (["1"], [])
    assert hello.role == "talk"
    assert base.dropped == []


def test_a_table_that_excel_has_saved_says_the_same(read_text: ReadText) -> None:
    rows = [line.split("\t") for line in TABLE.replace("\r", "").splitlines()]
    quoted = "\r\n".join("\t".join('"' + c.replace('"', '""') + '"' if '"' in c else c for c in row) for row in rows)
    assert read_text("qnamaker", quoted, "a.tsv").entries == [
        _renamed(entry, "a.tsv") for entry in read_text("qnamaker", TABLE, "b.tsv").entries
    ]


def _renamed(entry: Entry, file: str) -> Entry:
    return replace(entry, where=entry.where.replace("b.tsv", file))


def test_small_talk_goes_to_its_place_and_prompts_become_what_comes_next(bring_in: Import, tmp_path: Path) -> None:
    assert bring_in("qnamaker", TABLE, "kb.tsv") == 0
    pack = load_pack(tmp_path / "x")
    assert ("Good day.",) in pack.wordings.values()
    assert pack.intent["general.join"].next == ("general.late_books_cost",)
    fees = pack.intent["general.late_books_cost"]
    assert fees.follows == ("general.join",)
    assert [phrase.text for phrase in fees.phrases] == ["what do late books cost", "Late fees"]
    assert pack.answer["general.join"].text.endswith("- or without [@example-org-a]")


def test_synonyms_come_along(bring_in: Import, tmp_path: Path) -> None:
    synonyms = tmp_path / "Synonyms.tsv"
    synonyms.write_text('\ufeffSynonyms\n"fee","fine","charge"\n"alone"\n', encoding="utf-8")
    assert bring_in("qnamaker", TABLE, "kb.tsv", "--synonyms", str(synonyms), "--lossy") == 0
    assert load_pack(tmp_path / "x").vocabulary.synonyms == (("fee", ("fine", "charge")),)


def test_the_zip_file_of_language_studio_has_settings_too(read_text: ReadText) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("Sample.tsv", TABLE)
        archive.writestr("Settings.tsv", "Key\tValue\nLanguage\tGerman\nDefaultAnswerForKB\tAsk the desk.\n")
        archive.writestr("Synonyms.tsv", 'Synonyms\n"fee","fine"\n')
    base = read_text("qnamaker", data.getvalue(), "kb.zip")
    assert (len(base.entries), base.language, base.fallback) == (3, "de", ["Ask the desk."])
    assert base.synonyms == [("fee", "fine")]


PROJECT = {
    "projectFileVersion": "2021-10-01",
    "metadata": {"projectName": "Desk", "language": "en", "settings": {"defaultAnswer": "No answer found"}},
    "assets": {
        "synonyms": [{"alterations": ["fee", "fine"]}],
        "qnas": [
            {
                "id": 1,
                "answer": "Come in.\n\n```\nring()\n```",
                "source": "Editorial",
                "questions": ["how do i join", "becoming a member"],
                "metadata": {"desk": "front"},
                "dialog": {"isContextOnly": False, "prompts": [{"displayOrder": 0, "qnaId": 2, "displayText": "Fees"}]},
                "activeLearningSuggestions": [],
            },
            {"id": 2, "answer": "A coin.", "questions": ["fees"], "dialog": {"isContextOnly": True, "prompts": []}},
            {"id": 3, "answer": "", "questions": ["nothing"], "dialog": {"prompts": []}},
            {"id": 4, "answer": "A page of a manual.", "questions": ["x"], "isDocumentText": True},
        ],
    },
}


def test_a_project_is_read_with_its_title_and_what_it_cannot_give_is_told(read_text: ReadText) -> None:
    base = read_text("azure", json.dumps(PROJECT), "kb.json")
    assert (base.title, base.language, base.synonyms, base.fallback) == ("Desk", "en", [("fee", "fine")], [])
    assert [entry.questions for entry in base.entries] == [["how do i join", "becoming a member"], ["fees"]]
    assert base.entries[0].answers == ["Come in.\n\n```\nring()\n```"]
    assert [loss.where for loss in base.dropped] == ["kb.json: qna 3", "kb.json: qna 4"]


def test_documents_of_the_older_service_are_read_too(read_text: ReadText) -> None:
    one = {"id": 7, "answer": "a", "questions": ["q one"], "metadata": [{"name": "n", "value": "v"}]}
    context = {
        "isContextOnly": False,
        "prompts": [{"displayOrder": 0, "qnaId": 0, "qna": {"id": 7}, "displayText": "t"}],
    }
    base = read_text("azure", json.dumps({"qnaDocuments": [{**one, "context": context}]}), "kb.json")
    assert base.entries[0].metadata == {"n": "v"}
    assert [prompt.key for prompt in base.entries[0].prompts] == ["7"]


@pytest.mark.parametrize(
    ("format_", "text", "part"),
    [
        ("qnamaker", "a\tb\n", "Question and Answer"),
        ("azure", "{}", "assets/qnas"),
        ("azure", "{", "kb:1:2: not JSON"),
        ("azure", "[" * 100_000, "inside each other"),
        ("azure", '{"assets": {"qnas": ' + "[" * 70 + "]" * 70 + "}}", "more than 64"),
    ],
)
def test_what_is_no_export_is_refused(read_text: ReadText, format_: str, text: str, part: str) -> None:
    with pytest.raises(UsageError, match=part):
        read_text(format_, text, "kb")


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("These days:\\n\\n- one", "These days:\n\n- one"),
        ("so:\\nB", "so:\nB"),
        ("in C:\\new and D:\\raw", "in C:\\new and D:\\raw"),
    ],
)
def test_a_line_end_after_a_colon_is_one_and_a_drive_is_none(read_text: ReadText, cell: str, answer: str) -> None:
    base = read_text("qnamaker", f"Question\tAnswer\nq one\t{cell}\n", "kb.tsv")
    assert base.entries[0].answers == [answer]
