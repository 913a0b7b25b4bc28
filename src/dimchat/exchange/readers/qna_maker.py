"""What QnA Maker and its successor, Azure custom question answering, export: tables (TSV, Excel) and JSON.

The columns and keys are those of Microsoft's documentation: `Question, Answer, Source, Metadata, SuggestedQuestions,
IsContextOnly, Prompts, QnaId`, and `assets/qnas` with `dialog` or, before, `qnaDocuments` with `context`.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dimchat.errors import UsageError
from dimchat.exchange.as_markdown import one_line
from dimchat.exchange.bounded import Archive, decoded, json_of, listed, text_of
from dimchat.exchange.knowledge import Entry, KnowledgeBase, Prompt
from dimchat.wording import exchange as wording
from dimchat.wording.quality import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_END = re.compile(r"(?<!\b[A-Za-z]:)(?<!\\)\\(?:r\\n|n|r)|(?<!\\)\\t")
"""A line end or a tab that is spelt out; not C:\\new."""
_CHITCHAT = re.compile(r"chit[-_ ]?chat", re.IGNORECASE)
_NO_SOURCE = frozenset({"editorial", "custom editorial"})
"""What stands for the source of what somebody typed in."""
_SYNONYM = re.compile(r'"((?:[^"]|"")*)"|([^,\t]+)')


def read_tsv(path: Path) -> KnowledgeBase:
    """Return what an exported table says: one TSV file, or the zip file of tables of Language Studio.

    Raises:
        UsageError: It is no such table.
    """
    base = KnowledgeBase("qnamaker", path.name)
    if path.suffix.casefold() == ".zip":
        archive = Archive(path)
        tables = sorted(name for name in archive.names if name.casefold().endswith(".tsv"))
        for name in tables:
            _table(base, decoded(archive.read(name), f"{path}: {name}"), f"{path}: {name}", name)
        if not tables:
            raise UsageError(wording.NO_QNA_TABLE.format(file=path))
    else:
        _table(base, text_of(path), str(path), path.name)
    return base


def add_synonyms(base: KnowledgeBase, path: Path) -> None:
    """Add the synonyms of a `Synonyms.tsv`: a group of quoted words a line."""
    _table(base, text_of(path), str(path), path.name)


def _table(base: KnowledgeBase, text: str, file: str, name: str) -> None:
    rows = _rows(text)
    head = [one_line(cell).casefold() for cell in (rows[0][1] if rows else [])]
    if head[:1] == ["synonyms"]:
        for number, line in enumerate(text.splitlines()[1:], start=2):
            group = tuple(one_line((a or b).replace('""', '"')) for a, b in _SYNONYM.findall(line))
            group = tuple(word for word in group if word)
            if len(group) > 1:
                base.synonyms.append(group)
            elif group:
                base.lose(f"{name}:{number}", wording.LONE_SYNONYM.format(word=group[0]))
    elif head == ["key", "value"]:
        for _, cells in rows[1:]:
            _setting(base, cells[0], cells[1] if len(cells) > 1 else "")
    elif {"question", "answer"} <= set(head):
        _questions(base, head, rows[1:], name)
    else:
        raise UsageError(wording.NO_QNA_COLUMNS.format(file=file))


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows with their lines: as QnA Maker writes them, without quotes, or as Excel saves them, with."""
    lines = text.split("\n")
    lines = [line.removesuffix("\r") for line in lines]
    width = lines[0].count("\t")
    if all(line.count("\t") >= min(width, 1) or not line.strip() for line in lines) and not _odd_quotes(lines):
        return [(at, list(map(_unquoted, line.split("\t")))) for at, line in enumerate(lines, start=1) if line.strip()]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    found, line = [], 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            found.append((line, cells))
        line = reader.line_num + 1
    return found


def _odd_quotes(lines: Iterable[str]) -> bool:
    """Return whether a cell that begins with a quotation mark has its other one in a later line."""
    cells = (cell for line in lines for cell in line.split("\t") if cell.startswith('"'))
    return any(cell.count('"') % 2 for cell in cells)


def _unquoted(cell: str) -> str:
    """Return what Excel put in quotes: a cell that holds none but doubled ones within its first and last."""
    inner = cell[1:-1]
    quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"') and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if quoted and ('""' in inner or "," in inner or "\t" in inner) else cell


def _questions(base: KnowledgeBase, head: list[str], rows: Iterable[tuple[int, list[str]]], name: str) -> None:
    by_id: dict[str, Entry] = {}
    for number, cells in rows:
        given = dict(zip(head, cells, strict=False))
        where = f"{name}:{number}"
        question, answer = one_line(_spelt(given["question"])), _spelt(given.get("answer", ""))
        own = given.get("qnaid", "").strip()
        if len(cells) > len(head) and any(cell.strip() for cell in cells[len(head) :]):
            base.lose(where, wording.TOO_MANY)
        elif not question:
            base.lose(where, wording.NO_QUESTION)
        elif own and own in by_id:
            if question not in by_id[own].questions:
                by_id[own].questions.append(question)
            if answer.strip() and answer not in by_id[own].answers:
                by_id[own].answers.append(answer)
                base.lose(where, wording.ANOTHER_ANSWER.format(id=own, where=by_id[own].where), dropped=False)
        elif not answer.strip():
            base.lose(where, wording.NO_ANSWER)
        else:
            raw = {
                "id": own,
                "questions": [question],
                "answer": answer,
                "source": given.get("source", ""),
                "metadata": _pairs(given.get("metadata", "")),
                "activeLearningSuggestions": _listed(given.get("suggestedquestions", ""), base, where),
                "dialog": {
                    "isContextOnly": given.get("iscontextonly", "").strip().casefold() == "true",
                    "prompts": _listed(given.get("prompts", ""), base, where),
                },
            }
            entry = _entry(raw, base, where)
            if given.get("sourcedisplayname", "").strip() not in {"", given.get("source", "").strip()}:
                entry.metadata["source_display_name"] = one_line(given["sourcedisplayname"])
            by_id[own or f"line {number}"] = entry
    _link(base)


def _spelt(text: str) -> str:
    """Return a cell with the line ends and tabs that are spelt out in it."""
    return _END.sub(lambda match: "\t" if match[0].endswith("t") else "\n", text)


def _pairs(text: str) -> list[dict[str, str]]:
    """Return metadata, which is written `name:value | name:value`, or as a list in JSON."""
    if text.lstrip().startswith("["):
        with suppress(UsageError):
            return listed(json_of(text, ""))
    parts = (part.partition(":") for part in text.split("|") if part.strip())
    return [{"name": name.strip(), "value": value.strip()} for name, _, value in parts]


def _listed(text: str, base: KnowledgeBase, where: str) -> list[Any]:
    if not text.strip():
        return []
    try:
        return listed(json_of(text, where))
    except UsageError:
        base.lose(where, wording.BAD_PROMPTS.format(text=text[:60]))
        return []


def read_json(path: Path) -> KnowledgeBase:
    """Return what an exported project says: `assets/qnas` of custom question answering, or QnA Maker's documents.

    Raises:
        UsageError: It is no such file.
    """
    base = KnowledgeBase("azure", path.name)
    if path.suffix.casefold() == ".zip":
        archive = Archive(path)
        names = [name for name in archive.names if name.casefold().endswith(".json")]
        texts = [(name, decoded(archive.read(name), f"{path}: {name}")) for name in sorted(names)]
    else:
        texts = [(path.name, text_of(path))]
    found = [json_of(text, f"{path.parent / name}") for name, text in texts]
    documents = [one for one in found if isinstance(one, dict) and _qnas(one) is not None]
    if not documents:
        raise UsageError(wording.NO_QNAS.format(file=path))
    for one in documents:
        about = one.get("metadata")
        if isinstance(about, dict):
            base.language = _tag(about.get("language")) or base.language
            base.title = base.title or one_line(str(about.get("projectName") or about.get("name") or ""))
            settings = about.get("settings")
            default = settings.get("defaultAnswer") if isinstance(settings, dict) else None
            _setting(base, "DefaultAnswerForKB", str(default or ""))
        assets = one.get("assets")
        for group in listed(assets.get("synonyms") if isinstance(assets, dict) else None):
            words = group.get("alterations") if isinstance(group, dict) else None
            texts_of = tuple(one_line(str(word)) for word in words) if isinstance(words, list) else ()
            if len(texts_of) > 1:
                base.synonyms.append(texts_of)
        for number, raw in enumerate(_qnas(one) or (), start=1):
            if not isinstance(raw, dict):
                base.lose(f"{path.name}: {number}", wording.NO_QUESTION)
                continue
            _document(base, raw, f"{path.name}: qna {raw.get('id') or f'number {number}'}")
    _link(base)
    return base


def _document(base: KnowledgeBase, raw: Mapping[str, Any], where: str) -> None:
    questions = [one_line(str(one)) for one in listed(raw.get("questions")) if one_line(str(one))]
    if raw.get("isDocumentText"):
        base.lose(where, wording.DOCUMENT_TEXT)
    elif not questions:
        base.lose(where, wording.NO_QUESTION)
    elif not str(raw.get("answer") or "").strip():
        base.lose(where, wording.NO_ANSWER)
    else:
        _entry({**raw, "questions": questions}, base, where)


def _qnas(found: Mapping[str, Any]) -> list[Any] | None:
    assets = found.get("assets")
    places = (assets.get("qnas") if isinstance(assets, dict) else None, *map(found.get, _LISTS))
    return next((one for one in places if isinstance(one, list)), None)


_LISTS = ("qnaDocuments", "qnaList", "qnas", "value")
"""Where QnA Maker and the services' interfaces put what a project file has in `assets/qnas`."""


def _tag(language: object) -> str:
    """Return a BCP 47 tag; QnA Maker calls some languages by their English name."""
    text = str(language or "").strip()
    return _NAMES.get(text.casefold(), text)


_NAMES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "japanese": "ja", "chinese_simplified": "zh-Hans", "chinese_traditional": "zh-Hant", "korean": "ko",
}  # fmt: skip


def _setting(base: KnowledgeBase, name: str, value: str) -> None:
    """Take a setting of the project: its language, or what it says where it has no answer."""
    if name.strip().casefold() == "language":
        base.language = _tag(value) or base.language
    elif name.strip().casefold() == "defaultanswerforkb" and one_line(value) not in {"", "No answer found"}:
        base.fallback.append(value.strip())


def _entry(raw: Mapping[str, Any], base: KnowledgeBase, where: str) -> Entry:
    """Add one document of the service to the base, and return it."""
    dialog = raw.get("dialog") or raw.get("context")
    dialog = dialog if isinstance(dialog, dict) else {}
    source = one_line(str(raw.get("source") or ""))
    questions = list(raw["questions"])
    entry = Entry(
        key=str(raw.get("id") or "").strip() or questions[0],
        where=where,
        questions=list(dict.fromkeys(questions)),
        answers=[str(raw["answer"])],
        sources=[] if source.casefold() in _NO_SOURCE or not source else [source],
        metadata=dict(_metadata(raw.get("metadata"))),
    )
    if _CHITCHAT.search(source) or any(_CHITCHAT.search(value) for value in entry.metadata.values()):
        entry.role = "talk"
    if dialog.get("isContextOnly") is True:
        entry.follows = [""]
    prompts = [one for one in listed(dialog.get("prompts")) if isinstance(one, dict)]
    for one in sorted(prompts, key=_order):
        inner = one.get("qna", one.get("Qna"))
        to = one.get("qnaId", one.get("QnaId"))
        to = inner.get("id", to) if isinstance(inner, dict) and not to else to
        text = one_line(str(one.get("displayText", one.get("DisplayText", "")) or ""))
        entry.prompts.append(Prompt(text, str(to or "")))
    if suggested := list(_suggested(raw.get("activeLearningSuggestions"))):
        entry.metadata["suggested_questions"] = "\n".join(suggested)
        base.lose(where, numbered(wording.SUGGESTED, len(suggested), first=suggested[0]), dropped=False)
    base.entries.append(entry)
    return entry


def _order(prompt: Mapping[str, Any]) -> float:
    try:
        return float(prompt.get("displayOrder", prompt.get("DisplayOrder")) or 0)
    except (TypeError, ValueError):
        return 0.0


def _metadata(found: object) -> Iterator[tuple[str, str]]:
    """Yield the pairs of metadata: a mapping, or a list of names and values."""
    if isinstance(found, dict):
        yield from ((str(name), str(value)) for name, value in found.items())
    for one in listed(found):
        if isinstance(one, dict) and str(one.get("name", "")).strip():
            yield one_line(str(one["name"])), str(one.get("value", ""))


def _suggested(found: object) -> Iterator[str]:
    """Yield the phrasings that active learning proposed and nobody has accepted."""
    for cluster in listed(found):
        lists = cluster.items() if isinstance(cluster, dict) else ()
        for name, inner in lists:
            if name in {"suggestedQuestions", "AlternateQuestionList"} and isinstance(inner, list):
                for one in inner:
                    text = one.get("question", one.get("Question")) if isinstance(one, dict) else None
                    if text:
                        yield one_line(str(text))


def _link(base: KnowledgeBase) -> None:
    """Let what is meant in context alone follow the entries whose prompts lead to it."""
    parents: dict[str, list[str]] = {}
    keys = {entry.key for entry in base.entries}
    for entry in base.entries:
        kept = []
        for prompt in entry.prompts:
            if prompt.key in keys:
                parents.setdefault(prompt.key, []).append(entry.key)
                kept.append(prompt)
            else:
                base.lose(entry.where, wording.DEAD_PROMPT.format(text=prompt.text, key=prompt.key))
        entry.prompts = kept
    for entry in base.entries:
        if entry.follows:
            entry.follows = parents.get(entry.key, [])
            if not entry.follows:
                base.lose(entry.where, wording.NO_PARENT, dropped=False)
