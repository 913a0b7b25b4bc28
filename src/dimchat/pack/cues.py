"""How the cues of safety and conversation are written (docs/packs.md has the syntax)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.pack.report import suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_CHOICE = re.compile(r"<[a-z][a-z0-9_]*>|[^\W_]+\*|[^\W_]+(?:_[^\W_]+)*")
_GAPS = (".", "..")
_BESIDE = "&"
_ABSENT = "!"


def cue_fault(cue: str, sets: Collection[str]) -> str | None:
    """Return what is wrong with a cue, or None.

    Args:
        cue: As it is written in the file.
        sets: The names of the sets that it may use.
    """
    words = cue.split()
    firsts = [after for before, after in zip([_BESIDE, *words], words, strict=False) if before == _BESIDE]
    if firsts and all(word.startswith(_ABSENT) for word in firsts):
        return "a cue needs a part without '!', which is what it is about"
    # Only the first word of a part may say that the part must be absent.
    words = [
        word.removeprefix(_ABSENT) if before == _BESIDE else word
        for before, word in zip([_BESIDE, *words], words, strict=False)
    ]
    for word, following in zip(["", *words], [*words, ""], strict=True):
        if following in _GAPS and word in ("", _BESIDE):
            return "a cue starts and ends with a word, not with '..'"
        if word in _GAPS and following in ("", _BESIDE):
            return "a cue starts and ends with a word, not with '..'"
        if word in _GAPS and following in _GAPS:
            return "'.' stands already for up to one word, '..' for up to three; write one of them once"
        if _BESIDE in (word, following) and word in ("", _BESIDE) and following in ("", _BESIDE):
            return "'&' stands between two parts of a cue"
    return next((fault for word in words if word not in (*_GAPS, _BESIDE) if (fault := _word_fault(word, sets))), None)


def _word_fault(word: str, sets: Collection[str]) -> str | None:
    if "'" in word or "\u2019" in word:
        return f"{word!r}: write contractions out, such as 'can not' and 'do not'"
    if word != word.lower():
        return f"{word!r}: cues are in lower case"
    for choice in word.split("|"):
        if not _CHOICE.fullmatch(choice):
            return (
                f"{choice!r} is no word of a cue; use letters and digits, '|' between alternatives, "
                "'_' between the words of one, '*' for any ending, '<name>' for a set, '..' for a gap, "
                "'&' between parts in any order, '!' before a part that must be absent"
            )
        if choice.startswith("<") and choice[1:-1] not in sets:
            meant = suggest(choice[1:-1], sets)
            return f"{choice!r} is no set of the vocabulary" + (f", did you mean {f'<{meant}>'!r}?" if meant else "")
    return None


def set_fault(name: str, sets: Mapping[str, Sequence[str]]) -> str | None:
    """Return what is wrong with a set of words for cues, or None.

    Args:
        name: The set's own.
        sets: All of them: what each stands for, as it is written in the file.
    """
    for line in sets[name]:
        if len(line.split()) > 1:
            return f"{line!r} is more than one word; join the words of one alternative with '_'"
        fault = _word_fault(line, sets)
        if fault:
            return fault
    reached: set[str] = set()
    ahead = [name]
    while ahead:
        for line in sets.get(ahead.pop(), ()):
            named = {choice[1:-1] for choice in line.split("|") if choice.startswith("<")}
            if name in named:
                return f"the set {name!r} holds itself"
            ahead += named - reached
            reached |= named
    return None
