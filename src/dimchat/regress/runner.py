"""Running cases: each phrasing and each turn that expects something is an item of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from dimchat.model import Context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.dialogue import Explanation
    from dimchat.model import Candidate, Reply
    from dimchat.regress.cases import Expectation, Item

Status = Literal["passed", "failed", "xfailed", "xpassed"]


class Asks(Protocol):
    """What a case is run against; `dimchat.dialogue.Assistant` is one."""

    def ask(self, text: str, context: Context = ...) -> tuple[Reply, Context]:
        """Return the reply to a message and the context after it."""
        ...

    def explain(self, text: str, context: Context = ...) -> Explanation:
        """Return why the message gets its reply."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item."""

    item: Item
    reply: Reply
    context: Context
    """The context in which the item's message was asked."""
    failures: tuple[str, ...]
    """What was expected and did not come, each a line; empty when all of it came."""

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


def run_item(item: Item, assistant: Asks) -> Outcome:
    """Ask the item's earlier turns from an empty context, then its message, and judge the reply."""
    context = Context()
    for text in item.after:
        _, context = assistant.ask(text, context)
    reply, _ = assistant.ask(item.ask, context)
    failures = list(differences(item.expect, reply))
    if item.expect.margin is not None:
        candidates = decisive(assistant.explain(item.ask, context))
        margin = candidates[0].margin if candidates else 0.0
        if margin < item.expect.margin:
            failures.append(f"a margin of {item.expect.margin:.2f} at least, it is {margin:.2f}")
    return Outcome(item, reply, context, tuple(failures))


def decisive(explanation: Explanation) -> tuple[Candidate, ...]:
    """Return the candidates of the reading that decided, best first; () where none was ranked."""
    return next((reading.candidates for reading in explanation.readings if reading.won), ())


def differences(expect: Expectation, reply: Reply) -> Iterable[str]:
    """Yield, for each expectation that the reply does not meet, what was expected."""
    yield from _wrong_intent(expect, reply)
    text = reply.text or ""
    for part in expect.contains:
        if part.casefold() not in text.casefold():
            yield f"a text that contains {part!r}"
    for pattern in expect.matches:
        if not re.search(pattern, text):
            yield f"a text that matches {pattern!r}"
    yield from missing("a citation of", expect.cites, (citation.source for citation in reply.citations))
    yield from missing("an offer of", expect.offers, (option.intent for option in reply.options))
    yield from missing("a suggestion of", expect.suggests, (entry.intent for entry in reply.suggestions))
    if expect.about is not None and reply.about != expect.about:
        yield f"about {expect.about}"
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


def missing(what: str, wanted: Iterable[str], there: Iterable[str]) -> Iterable[str]:
    """Yield a line for each wanted id that is not there."""
    present = set(there)
    for name in wanted:
        if name not in present:
            yield f"{what} {name}"
