"""Running cases: each phrasing and each turn that expects something is an item of its own."""

from __future__ import annotations

import hashlib
import json
import re
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from dimchat.files import disk, pool
from dimchat.files.json_text import dumps
from dimchat.index.cache import cache_folder
from dimchat.language.citations import cited_as, replaced
from dimchat.model import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from dimchat.dialogue import Explanation
    from dimchat.model import Candidate, Reply
    from dimchat.quality.cases import Expectation, Item


_CITED = "[@"
_NUMBER = re.compile(r"\[(\d+)\]")
Status = Literal["passed", "failed", "xfailed", "xpassed"]
Key = tuple[str, ...]
"""The identity of an item, whatever line it moves to."""


class Asks(Protocol):
    """The assistant that cases are run against; `dimchat.dialogue.Assistant` is one."""

    def ask(self, text: str, context: Context = ...) -> tuple[Reply, Context]:
        """Return the reply to a message and the context after it."""
        ...

    def explain(self, text: str, context: Context = ...) -> Explanation:
        """Return why the message gets its reply."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one item."""

    item: Item
    reply: Reply
    context: Context
    """The context in which the item's message was asked."""
    failures: tuple[str, ...]
    """What was expected and did not come, each a line; empty when all of it came."""
    seconds: float = field(default=0.0, compare=False)
    """How long the reply took, and what had to be asked before it."""

    @property
    def status(self) -> Status:
        """Return the verdict; an expected failure that passes is a failure (`xpassed`)."""
        if self.item.xfail is not None:
            return "xfailed" if self.failures else "xpassed"
        return "failed" if self.failures else "passed"

    @property
    def ok(self) -> bool:
        """Return whether the run may pass with this outcome."""
        return self.status in ("passed", "xfailed")


class Talk:
    """Asks an assistant, and remembers the conversation so far, so that the next turn need not begin it again."""

    def __init__(self, assistant: Asks) -> None:
        """Begin with no conversation."""
        self.assistant = assistant
        self._known: dict[tuple[str, ...], Context] = {}

    def before(self, item: Item) -> Context:
        """Return the context in which an item asks its message."""
        context = self.after(item.after)
        return context._replace(reader=item.reader or context.reader)

    def after(self, messages: tuple[str, ...]) -> Context:
        """Return the context after these messages, asked from an empty one."""
        if not messages:
            self._known.clear()
            return Context()
        if messages not in self._known:
            before = self.after(messages[:-1])
            self._known[messages] = self.assistant.ask(messages[-1], before)[1]
        return self._known[messages]


def run_item(item: Item, assistant: Asks) -> Outcome:
    """Ask the item's earlier turns from an empty context, then its message, and judge the reply.

    >>> from pathlib import Path
    >>> from dimchat import open_assistant
    >>> from dimchat.quality import load_items
    >>> assistant = open_assistant()
    >>> root = Path(assistant.pack.root)
    >>> items = load_items([root / "tests/cases/role.yaml"], root, assistant.pack)
    >>> run_item(items[0], assistant).ok
    True
    """
    return judged(item, Talk(assistant))


def run_items(items: Sequence[Item], assistant: Asks, *, jobs: int = 1, stop: bool = False) -> list[Outcome]:
    """Run items and return their outcomes, in the order of the items whatever the number of processes.

    Args:
        items: As `load_items` returns them.
        assistant: What they are asked of; with more than one process it must be one that can be pickled.
        jobs: How many processes share the work; 1 starts none.
        stop: Whether to end with the first outcome that is not ok.

    >>> from dimchat import open_assistant
    >>> from dimchat.model import Place
    >>> from dimchat.quality.cases import Expectation, Item
    >>> assistant = open_assistant()
    >>> item = Item(Place("tests/cases/pay.yaml"), "what does a manager earn", Expectation(kind="answer"))
    >>> [outcome.status for outcome in run_items([item], assistant)]
    ['passed']
    """
    outcomes: list[Outcome] = []
    for outcome in running(items, assistant, jobs=jobs):
        outcomes.append(outcome)
        if stop and not outcome.ok:
            break
    return outcomes


def running(items: Sequence[Item], assistant: Asks, *, jobs: int = 1) -> Iterator[Outcome]:
    """Yield the outcomes of items in order, each as soon as it is there; see `run_items`."""
    return spread(judged, items, Talk(assistant), jobs=jobs)


def judged(item: Item, talk: Talk) -> Outcome:
    """Ask the item's message where its conversation stands, and judge the reply."""
    before = time.perf_counter()
    context = talk.before(item)
    reply, _ = talk.assistant.ask(item.ask, context)
    failures = list(differences(item.expect, reply))
    if item.expect.margin is not None:
        candidates = decisive(talk.assistant.explain(item.ask, context))
        margin = candidates[0].margin if candidates else 0.0
        if margin < item.expect.margin:
            failures.append(f"a margin of {item.expect.margin:.2f} at least, it is {margin:.2f}")
    return Outcome(item, reply, context, tuple(failures), time.perf_counter() - before)


def decisive(explanation: Explanation) -> tuple[Candidate, ...]:
    """Return the candidates of the reading that decided, best first; () where none was ranked."""
    return next((reading.candidates for reading in explanation.readings if reading.won), ())


def differences(expect: Expectation, reply: Reply) -> Iterable[str]:
    """Yield, for each expectation that the reply does not meet, what was expected.

    >>> from dimchat.model import Reply
    >>> from dimchat.quality.cases import Expectation
    >>> reply = Reply(question="how do i renew it", kind="decline", text="I cannot say.")
    >>> list(differences(Expectation(intent="cra.renewal", contains=("I  CANNOT say",)), reply))
    ['cra.renewal']
    """
    yield from _wrong_intent(expect, reply)
    text = "\n".join(part for part in (reply.short, reply.text) if part)
    for part in expect.contains:
        if not holds(text, part, reply):
            yield f"a text that contains {part!r}"
    for pattern in expect.matches:
        if not re.search(pattern, text):
            yield f"a text that matches {pattern!r}"
    there = (name for one in reply.citations for name in (one.source, cited_as(one.source, one.locator)))
    yield from missing("a citation of", expect.cites, there)
    yield from missing("an offer of", expect.offers, (option.intent for option in reply.options))
    yield from missing("a suggestion of", expect.suggests, (entry.intent for entry in reply.suggestions))
    if expect.about is not None and reply.about != expect.about:
        yield f"about {expect.about}"
    if expect.row and not (reply.rows and all(set(expect.row) <= set(row.key) for row in reply.rows)):
        yield f"the row of {', '.join(f'{name} {cell}' for name, cell in expect.row)}"
    if expect.outside is not None and reply.outside != expect.outside:
        yield f"the group {expect.outside}"


def _wrong_intent(expect: Expectation, reply: Reply) -> Iterable[str]:
    if expect.intent is not None:
        right = {expect.intent, *expect.also}
        if not reply.intents or not right.issuperset(reply.intents):
            yield " or ".join([expect.intent, *expect.also])
    if expect.kind is not None and reply.kind != expect.kind:
        # Beside a kind alone, `also` names answers that would be honest too.
        honest = expect.intent is None and reply.intents and set(expect.also).issuperset(reply.intents)
        if not honest:
            yield f"kind {expect.kind}"
    for unwanted in expect.not_intent:
        if unwanted in reply.intents:
            yield f"anything but {unwanted}"


def holds(text: str, part: str, reply: Reply) -> bool:
    """Return whether a text of a reply holds words, with citations as in an answer, `[@source, place]`."""
    if _CITED not in part:
        return folded(part) in folded(text)
    shown = {one.number: f"[@{cited_as(one.source, one.locator)}]" for one in reply.citations}
    proven = _NUMBER.sub(lambda found: shown.get(int(found[1]), found[0]), text)
    apart = replaced(part, lambda cited: "".join(f"[@{cited_as(*one)}]" for one in cited))
    return folded(apart) in folded(proven)


def folded(text: str) -> str:
    """Return a text in which case and spacing make no difference: prose is wrapped where its lines end."""
    return " ".join(text.split()).casefold()


def missing(what: str, wanted: Iterable[str], there: Iterable[str]) -> Iterable[str]:
    """Yield a line for each wanted id that is not there."""
    present = set(there)
    for name in wanted:
        if name not in present:
            yield f"{what} {name}"


class Turn(Protocol):
    """Something that may follow other messages in a conversation."""

    @property
    def after(self) -> tuple[str, ...]:
        """Return the messages before it."""
        ...


Work = TypeVar("Work", bound=Turn)
With = TypeVar("With")
Result = TypeVar("Result")
_SHARES = 8
"""Into how many pieces for each process the work is cut, so that none waits long for the last one."""
LEAST = 16
"""Smaller pieces cost more to hand over than they bring."""


def spread(
    work: Callable[[Work, With], Result], items: Sequence[Work], with_: With, *, jobs: int = 1, least: int = LEAST
) -> Iterator[Result]:
    """Yield `work(item, with_)` for each item, in order, whichever process did it.

    Args:
        work: A function of a module, so that another process can find it.
        items: What to work on; the turns of a conversation stand together, and stay so.
        with_: What the work needs; it is pickled for each process.
        jobs: How many processes share the work; 1 starts none.
        least: So many items make a piece of work, where each is small.

    Raises:
        ChildProcessError: A process that helps came to an end.
    """
    pieces = list(_pieces(items, max(least, -(-len(items) // (jobs * _SHARES)))))
    if min(jobs, len(pieces)) <= 1:
        for item in items:
            yield work(item, with_)
        return
    for results in pool.shared(partial(_piece, work, with_), pieces, jobs=jobs):
        yield from results


def _pieces(items: Sequence[Work], size: int) -> Iterator[Sequence[Work]]:
    """Cut items into pieces of about a size, never inside a conversation."""
    start = 0
    for at in range(1, len(items)):
        if at - start >= size and not items[at].after:
            yield items[start:at]
            start = at
    if start < len(items):
        yield items[start:]


def _piece(work: Callable[[Work, With], Result], with_: With, items: Sequence[Work]) -> list[Result]:
    return [work(item, with_) for item in items]


def load_failed(root: Path) -> frozenset[Key]:
    """Return the keys of the items of a pack that failed when they were last run; a file that is damaged holds none."""
    file = state_file(root)
    if file is None:
        return frozenset()
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return frozenset()
    rows = found.get("failed") if isinstance(found, dict) else None
    keys = rows if isinstance(rows, list) else []
    return frozenset(tuple(map(str, key)) for key in keys if isinstance(key, list))


def save_failed(root: Path, outcomes: Iterable[Outcome]) -> bool:
    """Note which items failed; what was not run this time stays as it was.

    Returns:
        Whether that could be written.
    """
    file = state_file(root)
    if file is None:
        return False
    before = load_failed(root)
    run = {key_of(outcome.item): outcome.ok for outcome in outcomes}
    failed = (before - run.keys()) | {key for key, ok in run.items() if not ok}
    if failed == before:
        return True
    data = {"pack": str(root.resolve()), "failed": sorted(map(list, failed))}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        disk.write(file, f"{dumps(data, indent=1)}\n".encode(), durable=False)
    except OSError:
        return False
    return True


def failed_to_front(items: Sequence[Item], failed: frozenset[Key]) -> list[Item]:
    """Return the items with those that failed before the others; otherwise in the order in which they stand."""
    return sorted(items, key=lambda item: key_of(item) not in failed)


def key_of(item: Item) -> Key:
    """Return the identity of an item."""
    return (item.place.file, *item.after, item.ask)


def state_file(root: Path) -> Path | None:
    """Return the file of a pack, or None where there is no folder for caches."""
    folder = cache_folder()
    name = hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return None if folder is None else folder / f"failed-{name}.json"
