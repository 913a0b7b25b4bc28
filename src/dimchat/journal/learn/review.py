"""The review of a journal: groups of questions without an answer, and the lines that a decision adds to a pack."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dimchat.errors import JournalError
from dimchat.files.yaml.write import dumped, one_line, with_entry, with_item
from dimchat.journal.learn.unanswered import unanswered
from dimchat.journal.rows import Decision, new_key
from dimchat.journal.similarity import form, grouped, likeness
from dimchat.model import Candidate
from dimchat.pack.text_shapes import is_id
from dimchat.quality import CASES_FOLDER
from dimchat.wording import review as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from dimchat.files.yaml import MapNode
    from dimchat.journal.learn.scope import Scope
    from dimchat.journal.record.worker import Keeps
    from dimchat.journal.similarity import Asked
    from dimchat.journal.store import Journal
    from dimchat.match import Matcher
    from dimchat.model import Pack

MOST = 200
"""How many groups a curator is shown at a time."""
_RANKED = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same, and had no answer at once."""

    asked: Asked
    picked: tuple[tuple[str, int], ...] = ()
    """What was picked where choices were offered: ids with their counts, the most frequent first."""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return the wordings, the most frequent first."""
        return tuple(text for text, _ in self.asked.wordings)


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that are open for review."""

    groups: tuple[Group, ...]
    """The largest first, at most `MOST`."""
    more: int
    """How many further groups there are."""
    left_out: int
    """How often questions were asked that are too rare to be grouped."""


def open_groups(store: Journal, scope: Scope) -> Groups:
    """Return the groups that nobody decided on, the largest first.

    Those are questions that were declined, for whatever reason, and those for which choices were offered, whether one
    was picked or not.

    Args:
        store: The journal.
        scope: What is looked at.

    Raises:
        JournalError: The journal cannot be read, or knows nothing of what the scope names.
    """
    queries = store.queries(scope)
    with store.reading() as connection:
        asked = [row.asked for row in unanswered(connection, queries) if row.text]
        picked: dict[str, Counter[str]] = defaultdict(Counter)
        for text, intent, count in connection.execute(queries.picks()):
            picked[text][intent] += count
        decided = set(connection.execute(queries.decided()).scalars())
    found = grouped(asked)
    left = [Group(group, _picked(group, picked)) for group in found.groups if group.form not in decided]
    return Groups(tuple(left[:MOST]), max(len(left) - MOST, 0), found.left_out)


def _picked(group: Asked, picked: dict[str, Counter[str]]) -> tuple[tuple[str, int], ...]:
    total: Counter[str] = Counter()
    for text, _ in group.wordings:
        total.update(picked.get(text, {}))
    return tuple(total.most_common())


def suggested_lines(group: Group) -> tuple[str, str]:
    """Return a line to learn and a line to test it with: the commonest wording tests, and an unlike one is learnt.

    Slips of the finger are rarely made twice, so wordings that came more than once go before the others. The line to
    learn is empty where there is only one wording: a curator writes another. What had a detail in it teaches nothing.
    """
    plain = [text for text in group.wordings if "[" not in text]  # nothing was taken out of these
    case, *others = plain or [""]
    times = dict(group.asked.wordings)
    key = form(case)
    others.sort(key=lambda text: (-min(times[text], 2), likeness(form(text), key)))
    return (others[0] if others else ""), case


def decide(store: Keeps, group: Group, verdict: str, target: str | None, now: datetime) -> None:
    """Record the decision about a group, so that it is not shown again.

    Args:
        store: The journal.
        group: The group.
        verdict: `phrase`, `outside`, `draft` or `aside`.
        target: The intent, the outside group or the draft.
        now: The time.

    Raises:
        JournalError: It could not be kept.
    """
    store.write([Decision(new_key(now), now.date(), group.asked.form, verdict, target)])


def nearest(group: Group, pack: Pack, matcher: Matcher, limit: int = 3) -> list[Candidate]:
    """Return the intents that a group is most like, best first; those that visitors picked stand before the others.

    Args:
        group: The group.
        pack: The pack.
        matcher: What knows its phrases.
        limit: How many at most.
    """
    answerable = {intent.id for intent in pack.browsable}
    picks = dict(group.picked)
    found = [each for each in matcher.rank(group.asked.text, _RANKED) if each.intent in answerable]
    ranked = {each.intent: each for each in found}
    for intent in picks:
        if intent in answerable and intent not in ranked:
            ranked[intent] = Candidate(intent, 0.0, 0.0, 0.0, "")
    return sorted(ranked.values(), key=lambda each: (-picks.get(each.intent, 0), -each.confidence))[:limit]


Verdict = Literal["phrase", "outside", "draft", "aside"]
OUTSIDE_FILE = "intents/outside.yaml"
DRAFTS = "drafts"
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
    lines = one_line(proposal.phrase), one_line(proposal.case)
    if not all(lines):
        yield words.WRITE_BOTH
    if lines[0].casefold() == lines[1].casefold():
        yield words.CASE_IS_PHRASE
    if proposal.verdict == "phrase" and target not in {intent.id for intent in pack.browsable}:
        yield words.NO_INTENT.format(target=target)
    if proposal.verdict == "outside" and target not in {group.id for group in pack.outside}:
        yield words.NO_OUTSIDE.format(target=target)
    if proposal.verdict == "draft" and (target in pack.intent or not is_id(target)):
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
        learnt, stem, expects = OUTSIDE_FILE, "outside", {"kind": "decline", "outside": proposal.target}
        fits = _tests("outside", proposal.target)
    else:
        intent = pack.intent[proposal.target]
        learnt, stem, expects = intent.place.file, intent.category, {"intent": proposal.target}
        fits = _tests("intent", proposal.target)
    _learn(root / learnt, learnt, proposal)
    cases = f"{CASES_FOLDER}/{stem}.yaml"
    _test(root / cases, cases, fits, expects, proposal.case)
    return learnt, cases


def _learn(file: Path, name: str, proposal: Proposal) -> None:
    data = with_item(
        file.read_bytes(), name, lambda entry: entry.string("id") == proposal.target, "phrases", proposal.phrase
    )
    if data is None:
        raise JournalError(f"{name}: {proposal.target} does not stand here")
    file.write_bytes(data)


def _test(file: Path, name: str, fits: Callable[[MapNode], bool], expects: dict[str, str], text: str) -> None:
    before = file.read_bytes() if file.exists() else b""
    after = with_item(before, name, fits, "ask", text)
    file.parent.mkdir(parents=True, exist_ok=True)
    if after is None:
        after = with_entry(before, name, {**expects, "ask": [one_line(text)]})
    file.write_bytes(after)


def _tests(key: str, target: str) -> Callable[[MapNode], bool]:
    """Return what finds a case of questions that expects this and nothing else."""

    def fits(case: MapNode) -> bool:
        keys = set(case.entries)
        return case.string(key) == target and "ask" in keys and not keys & _OTHER_KEYS and "xfail" not in keys

    return fits


def _draft(proposal: Proposal, root: Path) -> tuple[str, ...]:
    """Write a new intent beside the pack: it joins when its answer is written and its files are moved."""
    wordings = [text for text in proposal.group.wordings if one_line(text) not in {"", one_line(proposal.case)}]
    phrases = dict.fromkeys(map(one_line, [proposal.phrase, *wordings]))
    title = one_line(proposal.phrase)[:1].upper() + one_line(proposal.phrase)[1:]
    entries = {
        "intents": {"id": proposal.target, "title": title, "phrases": list(phrases)},
        "answers": {"id": proposal.target, "short": "", "text": ""},
        "cases": {"intent": proposal.target, "ask": [one_line(proposal.case)]},
    }
    names = []
    for what, entry in entries.items():
        name = f"{DRAFTS}/{proposal.target}/{what}.yaml"
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            raise JournalError(f"{name} is there already")
        file.write_bytes(dumped([entry]).encode())
        names.append(name)
    return tuple(names)
