"""Starting a question in a further language: drafts to translate, in the files where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dimchat.errors import UsageError, meant
from dimchat.files.text import suggest
from dimchat.files.yaml.write import Prose, entries, one_line, plain, with_entry
from dimchat.language.tongue import code_of
from dimchat.wording import LANGUAGES
from dimchat.wording import start as wording

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dimchat.model import Pack

_LONG: Final = frozenset(("text",))
"""What is written as a block of lines."""
_KEPT: Final = ("short", "text", "overview", "variants")
"""What an answer says, which a translation says as well."""


def skeletons(root: Path, pack: Pack, ids: Iterable[str], language: str) -> dict[str, bytes]:
    """Return the files of a pack with drafts of questions in a further language, by their names.

    A draft holds the title as its one phrase and the answer as it stands in the pack's own language, citations and
    values included. While it is a draft, nothing of it is learnt or shown.

    Args:
        root: The folder of the pack.
        pack: The pack.
        ids: The questions.
        language: The code of the language.

    Raises:
        UsageError: dimchat has no words in the language, the pack is of format 1, there is no such question, or it is
            there already.
    """
    others = [code for code in LANGUAGES if code != code_of(pack.language)]
    if language not in others:
        raise UsageError(wording.NO_LANGUAGE.format(language=language, others=", ".join(others)))
    if pack.format == 1:
        raise UsageError(wording.OLD_FORMAT.format(folder=root))
    result: dict[str, bytes] = {}
    questions = {intent.id: intent for intent in pack.browsable}
    for name in dict.fromkeys(ids):
        intent = questions.get(name)
        if intent is None:
            raise UsageError(wording.NO_QUESTION.format(id=name) + meant(suggest(name, questions)))
        drafts = (
            ("intents", {"id": name, "title": intent.title, "phrases": [one_line(intent.title)]}),
            ("answers", {"id": name, "draft": True, **_answer(root, intent.category, name)}),
        )
        for folder, entry in drafts:
            file = f"{folder}/{language}/{intent.category}.yaml"
            there = result.get(file) or _bytes(root / file)
            if any(one.string("id") == name for one in entries(there, file)):
                raise UsageError(wording.THERE_ALREADY.format(id=name, file=file))
            result[file] = with_entry(there, file, entry)
    return result


def _answer(root: Path, category: str, name: str) -> dict[str, Any]:
    """Return what an answer says in the pack's own language, as it is written there."""
    file = f"answers/{category}.yaml"
    found = next(plain(one) for one in entries(_bytes(root / file), file) if one.string("id") == name)
    return {key: _written(key, found[key]) for key in _KEPT if key in found}


def _written(key: str, value: Any) -> Any:  # noqa: ANN401 - a text, or mappings that hold some
    if isinstance(value, dict):
        return {name: _written(name, held) for name, held in value.items()}
    return Prose(value) if key in _LONG else value


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
