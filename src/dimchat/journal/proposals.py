"""What a curator decided about a group, and the lines that it adds to the files of a pack."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dimchat.errors import JournalError
from dimchat.journal.insertion import cleaned, scalar, with_entry, with_item
from dimchat.quality import CASES_FOLDER
from dimchat.wording import review as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dimchat.journal.review import Group
    from dimchat.model import Pack
    from dimchat.pack.nodes import MapNode

Verdict = Literal["phrase", "outside", "draft", "aside"]
OUTSIDE_FILE = "intents/outside.yaml"
DRAFTS = "drafts"
_NEW_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_OTHER_KEYS = frozenset({"also", "not_intent", "contains", "matches", "cites", "offers", "suggests", "about", "margin"})
"""A case that expects one of these is about more than which answer comes."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision about a group."""

    group: Group
    verdict: Verdict
    target: str
    """The intent, the outside group, or the id of the draft."""
    phrase: str
    """The line that is learnt."""
    case: str
    """The line that tests it: another wording."""


def problem_of(proposal: Proposal, pack: Pack) -> str | None:
    """Return why a proposal cannot be tried, or None.

    Args:
        proposal: What the curator wants.
        pack: The pack as it is.
    """
    return next(_problems(proposal, pack), None)


def _problems(proposal: Proposal, pack: Pack) -> Iterator[str]:
    target = proposal.target
    lines = cleaned(proposal.phrase), cleaned(proposal.case)
    if not all(lines):
        yield words.WRITE_BOTH
    if lines[0].casefold() == lines[1].casefold():
        yield words.CASE_IS_PHRASE
    if proposal.verdict == "phrase" and target not in {intent.id for intent in pack.browsable}:
        yield words.NO_INTENT.format(target=target)
    if proposal.verdict == "outside" and target not in pack.outside_group:
        yield words.NO_OUTSIDE.format(target=target)
    if proposal.verdict == "draft" and (target in pack.intent or not _NEW_ID.fullmatch(target)):
        yield words.NO_DRAFT.format(target=target)
    known = {line.text.casefold(): intent.id for intent in pack.intents for line in intent.phrases}
    known |= {line.text.casefold(): group.id for group in pack.outside for line in group.phrases}
    for line in lines:
        if line.casefold() in known:
            yield words.KNOWN_LINE.format(line=line, owner=known[line.casefold()])


def apply(proposal: Proposal, pack: Pack, root: Path) -> tuple[str, ...]:
    """Write the lines of a proposal into the files of a pack, and return the names of these files.

    Args:
        proposal: One in which `problem_of` found nothing.
        pack: The pack.
        root: The folder whose files are changed.

    Raises:
        JournalError: A file is not written in a way that lets a line be added.
        OSError: A file cannot be read or written.
    """
    if proposal.verdict == "draft":
        return _draft(proposal, root)
    if proposal.verdict == "outside":
        learnt, stem, expects = OUTSIDE_FILE, "outside", f"kind: decline\n  outside: {proposal.target}"
        fits = _tests("outside", proposal.target)
    else:
        intent = pack.intent[proposal.target]
        learnt, stem, expects = intent.place.file, intent.category, f"intent: {proposal.target}"
        fits = _tests("intent", proposal.target)
    _learn(root / learnt, learnt, proposal)
    cases = f"{CASES_FOLDER}/{stem}.yaml"
    _test(root / cases, cases, fits, f"- {expects}\n  ask:\n    - {scalar(proposal.case)}\n", proposal.case)
    return learnt, cases


def _learn(file: Path, name: str, proposal: Proposal) -> None:
    data = with_item(
        file.read_bytes(), name, lambda entry: entry.string("id") == proposal.target, "phrases", proposal.phrase
    )
    if data is None:
        raise JournalError(f"{name}: {proposal.target} does not stand here")
    file.write_bytes(data)


def _test(file: Path, name: str, fits: Callable[[MapNode], bool], block: str, text: str) -> None:
    before = file.read_bytes() if file.exists() else b""
    after = with_item(before, name, fits, "ask", text)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(after if after is not None else with_entry(before, name, block))


def _tests(key: str, target: str) -> Callable[[MapNode], bool]:
    """Return what finds a case of questions that expects this and nothing else."""

    def fits(case: MapNode) -> bool:
        keys = set(case.entries)
        return case.string(key) == target and "ask" in keys and not keys & _OTHER_KEYS and "xfail" not in keys

    return fits


def _draft(proposal: Proposal, root: Path) -> tuple[str, ...]:
    """Write a new intent beside the pack: it joins when its answer is written and its files are moved."""
    wordings = [text for text in proposal.group.wordings if cleaned(text) not in {"", cleaned(proposal.case)}]
    phrases = dict.fromkeys(map(cleaned, [proposal.phrase, *wordings]))
    lines = "".join(f"    - {scalar(text)}\n" for text in phrases)
    title = scalar(cleaned(proposal.phrase)[:1].upper() + cleaned(proposal.phrase)[1:])
    blocks = {
        "intents": f"- id: {proposal.target}\n  title: {title}\n  phrases:\n{lines}",
        "answers": f'- id: {proposal.target}\n  short: ""\n  text: ""\n',
        "cases": f"- intent: {proposal.target}\n  ask:\n    - {scalar(proposal.case)}\n",
    }
    names = []
    for what, block in blocks.items():
        name = f"{DRAFTS}/{proposal.target}/{what}.yaml"
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            raise JournalError(f"{name} is there already")
        file.write_bytes(block.encode())
        names.append(name)
    return tuple(names)
