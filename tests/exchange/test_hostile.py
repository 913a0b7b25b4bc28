"""Whatever a file holds, it is read or refused with a message, and what is read can be placed."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dimchat.errors import UsageError
from dimchat.exchange.place import Taken, place
from dimchat.exchange.readers import FORMATS, read

KEYS = {
    "azure": (
        "assets qnas qnaDocuments id questions answer source metadata name value dialog context isContextOnly prompts "
        "displayText qnaId displayOrder activeLearningSuggestions suggestedQuestions question synonyms alterations "
        "settings defaultAnswer language"
    ),
    "nlpjs": "data intent utterances answers answer tests entities options opts locale name None slotFilling",
    "faqpage": (
        "@context @type @graph FAQPage Question mainEntity name text acceptedAnswer suggestedAnswer encoding "
        "encodingFormat text/markdown inLanguage image url citation about"
    ),
    "rasa": (
        "version nlu intent examples synonym lookup metadata responses utter_a a text buttons payload title image "
        "custom condition stories rules rule story steps action user slots forms language pipeline greet faq/a"
    ),
    "dialogflow": (
        "name id responses messages type speech lang replies title buttons postback parameters affectedContexts "
        "contexts parentId fallbackIntent events WELCOME value synonyms items description imageUrl userSays data"
    ),
}
SCALAR = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=8)


def values(format_: str) -> st.SearchStrategy[object]:
    words = st.sampled_from(KEYS[format_].split())
    return st.recursive(
        SCALAR | words,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=5),
        max_leaves=25,
    )


def as_file(format_: str, value: object, folder: Path) -> Path:
    """Return a file of a format that says this."""
    if format_ == "rasa":
        path = folder / "a.yml"
        path.write_text(yaml.safe_dump(value), encoding="utf-8")
    elif format_ == "dialogflow":
        path = folder / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name in ("agent.json", "intents/a.json", "intents/a_usersays_en.json", "entities/b_entries_en.json"):
                archive.writestr(name, json.dumps(value))
    else:
        path = folder / "a.json"
        path.write_text(json.dumps(value), encoding="utf-8")
    return path


def read_or_refused(format_: str, path: Path) -> None:
    try:
        base = read(format_, path)
    except UsageError:
        return
    placed = place(base, Taken())
    assert len({one.id for one in placed}) == len(placed)
    assert all(one.phrases or one.follows for one in placed)


@pytest.mark.parametrize("format_", sorted(KEYS))
def test_any_data_is_read_or_refused(format_: str) -> None:
    @settings(max_examples=60, deadline=None, phases=(Phase.generate,))
    @given(value=values(format_))
    def holds(value: object) -> None:
        with TemporaryDirectory() as name:
            read_or_refused(format_, as_file(format_, value, Path(name)))

    holds()


LINES = (
    *(
        "# ? q",
        "- a",
        "```",
        "**Filters:**",
        "**Prompts:**",
        "- [x](#1)",
        "> !# @qna.pair.source = s",
        '<a id="1"></a>',
    ),
    *("Question\tAnswer\tQnaId", "question,answer", "a\tb\t1", '"', "\t\t", '[{"DisplayText":1}]', "<li>", "\\n", "x"),
    *('<script type="application/ld+json">', "{", "}", "</script>", "nlu:", "- intent: a", "  examples: |", "    - b"),
)
TEXTS = st.lists(st.sampled_from(LINES), max_size=12).map("\n".join)


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_any_bytes_are_read_or_refused(format_: str) -> None:
    @settings(max_examples=60, deadline=None, phases=(Phase.generate,))
    @given(data=st.binary(max_size=60) | TEXTS.map(str.encode))
    def holds(data: bytes) -> None:
        with TemporaryDirectory() as name:
            path = Path(name) / "a.bin"
            path.write_bytes(data)
            read_or_refused(format_, path)

    holds()


@pytest.mark.parametrize("format_", ["qnamaker", "azure", "rasa", "dialogflow", "xlsx"])
def test_a_damaged_archive_is_refused(format_: str, tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.tsv", "a.json", "a.yml", "intents/a.json", "xl/workbook.xml"):
            archive.writestr(name, "Question\tAnswer\n" * 500)
    damaged = bytearray(data.getvalue())
    for at in range(40, len(damaged) - 400, 37):
        damaged[at] ^= 0xFF
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(damaged))
    with pytest.raises(UsageError):
        read(format_, path)
