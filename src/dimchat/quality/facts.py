"""Cases that hold each answer to its figures, its citations and the limits that it states.

They are drawn from the answers as they stand and read in a review; from then on a figure that changes, a proof that is
dropped or an answer that stands under another id fails a case, however the phrases move.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.dialogue.respond.row_texts import told
from dimchat.files.yaml.write import dumped
from dimchat.language.citations import NUMBERING, citations, figures, split
from dimchat.language.markup import worded
from dimchat.quality.coverage.reached import limits
from dimchat.quality.runner import folded
from dimchat.wording import catalogue_of
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dimchat.model import Answer, Pack
    from dimchat.quality.runner import Asks

FACTS = "tests/cases/facts.yaml"
_WORD = re.compile(r"\S+")
_CLOSES = (".", ",", ";", ":", "!", "?", ")", "*")
"""What ends a clause: the words after it do not belong to the figure before it."""
_AFTER = 2
"""So many words after a figure say what it counts."""
_NEAR = 8
"""A citation at most so many words behind a figure proves it."""
_MOST = 8
"""So many words of a limit are wanted."""


class Facts(NamedTuple):
    """The cases of facts that a pack's answers give."""

    text: str
    """The file."""
    answers: int
    """How many answers it holds to theirs."""
    astray: tuple[str, ...]
    """Ids that their own title does not lead to, so that nothing can be asked for them."""


def facts_of(pack: Pack, assistant: Asks, head: str = "") -> Facts:
    """Return the file of facts for a pack, below a comment of its own where one is given.

    Its titles are asked, which no edit of phrases loses.
    """
    said = catalogue_of(pack.language).below("reply.mark")
    cases: list[dict[str, Any]] = []
    astray = []
    for intent in pack.browsable:
        # Of an answer that reads rows its title, which names none, gets the overview.
        answer = told(pack, pack.answer[intent.id], None, catalogue_of(pack.language)).answer
        if assistant.ask(intent.title)[0].intents != (intent.id,):
            astray.append(intent.id)
            continue
        case: dict[str, Any] = {"intent": intent.id}
        texts = (worded(answer.short, said), worded(answer.text, said))
        cited = (one.name for text in texts for one in citations(text))
        wanted = {"cites": list(dict.fromkeys(cited)), "contains": _said(answer, texts)}
        case |= {key: values for key, values in wanted.items() if values}
        cases.append({**case, "tags": ["facts"], "ask": [intent.title]})
    return Facts((head or wording.FACTS_HEAD) + dumped(cases), len(cases), tuple(astray))


def head_of(text: str) -> str:
    """Return the comment, and the blank lines, that a file begins with."""
    lines = text.splitlines(keepends=True)
    size = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    return "".join(lines[:size])


def _said(answer: Answer, texts: Iterable[str]) -> list[str]:
    """Return the words that the answer must hold: its figures in what stands beside them, and its limits."""
    found = [words for text in texts for words in _figures(text)]
    for target, rest in limits(answer):
        # A citation in the middle is a number in the reply, a mark is words: what is wanted ends before it.
        whole = re.split(r"\s{3,}|\[", rest)[0]
        words = " ".join(whole.split()[:_MOST])
        if folded(words) in folded(target.text):
            found.append(words.rstrip(".,;:"))
    kept = dict.fromkeys(found)
    return [one for one in kept if not any(one != other and folded(one) in folded(other) for other in kept)]


def _figures(text: str) -> Iterator[str]:
    """Yield each figure with a word before it and what it counts, or up to its proof where that is near."""
    parts = split(NUMBERING.sub(" ", text))
    for place in range(0, len(parts), 2):
        words = parts[place].split()
        proof = parts[place + 1] if place + 1 < len(parts) else ""
        for start, end in _runs(parts[place]):
            low, high = max(start - 1, 0), end
            rest = words[end - 1 :]
            if proof and len(rest) <= _NEAR and not any(word.endswith((".", "!", "?")) for word in rest):
                yield f"{_bare(words[low:])} {proof}"
                continue
            while high < min(end + _AFTER, len(words)) and not words[high - 1].endswith(_CLOSES):
                high += 1
            yield _bare(words[low:high]).strip(".,;:!?()*_ ")


def _bare(words: list[str]) -> str:
    """Return words in a line, without the marks of Markdown before them."""
    first = next((at for at, word in enumerate(words) if any(map(str.isalnum, word))), 0)
    return " ".join(words[first:]).lstrip("*_(")


def _runs(text: str) -> Iterable[tuple[int, int]]:
    """Return between which words figures that follow each other stand."""
    runs: list[tuple[int, int]] = []
    places = [at for at, _ in figures(text, naming=True)]
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        if any(word.start() <= place < word.end() for place in places):
            if runs and runs[-1][1] == at and not words[at - 1][0].endswith(_CLOSES):
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
    return runs
