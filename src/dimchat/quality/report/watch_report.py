"""What an edit moved, as lines for whoever watches: the gravest first, replies with the same difference together."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.pack.folder import named
from dimchat.quality.report.case_report import explain_command, failure_text, quoted, row
from dimchat.quality.report.check_report import problem_line
from dimchat.quality.report.document import where
from dimchat.wording import watch as wording
from dimchat.wording.quality import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dimchat.dialogue import Assistant
    from dimchat.model import Pack, Problem, Reply
    from dimchat.quality.runner import Outcome
    from dimchat.quality.watch import Moved

SHOWN = 10
"""So many of a sort are shown."""
_AROUND = 4
"""So many words are shown before and after those that differ."""
_HUNKS = 3


def moved_lines(moved: Sequence[Moved], assistant: Assistant) -> Iterator[str]:
    """Yield a block of lines for each case that is judged otherwise, each other reply, and each text that is another.

    Args:
        moved: What moved.
        assistant: Of the pack as it is now.
    """
    pack = assistant.pack
    failed = [one.after for one in moved if one.verdict and not one.after.ok]
    for outcome in failed[:SHOWN]:
        yield failure_text(outcome, pack, assistant.explain(outcome.item.ask, outcome.context))
    passed = [one.after for one in moved if one.verdict and one.after.ok]
    yield from (f"{wording.PASSES}  {_asked(one)}" for one in passed[:SHOWN])
    others = [one for one in moved if not one.verdict]
    decided = [one for one in others if one.decision]
    yield from (_decided(one, pack) for one in decided[:SHOWN])
    texts = list(_texts(one for one in others if not one.decision))
    yield from texts[:SHOWN]
    left = sum(max(len(some) - SHOWN, 0) for some in (failed, passed, decided, texts))
    if left:
        yield wording.MORE.format(count=left)


def problem_lines(problems: Iterable[Problem], mark: str = "") -> list[str]:
    """Return a line for each of some problems, the first ones, after a mark that says what became of it."""
    lines = [f"{mark}{problem_line(one)}" for one in problems]
    more = [wording.MORE.format(count=len(lines) - SHOWN)] if len(lines) > SHOWN else []
    return [*lines[:SHOWN], *more]


def results_line(outcomes: Iterable[Outcome]) -> str:
    """Return how many cases passed, failed, and failed as expected."""
    counts = Counter(one.status for one in outcomes)
    failed = counts["failed"] + counts["xpassed"]
    return wording.RESULTS.format(passed=counts["passed"], failed=failed, expected=counts["xfailed"])


def failing_lines(outcomes: Iterable[Outcome], root: Path) -> Iterator[str]:
    """Yield a line for each case that fails, the first ones, and the command that shows them all."""
    failing = [one for one in outcomes if not one.ok]
    yield from (f"{wording.FAILS}  {_asked(one)}" for one in failing[:SHOWN])
    if len(failing) > SHOWN:
        yield wording.MORE_FAIL.format(count=len(failing) - SHOWN, pack=named(root))


def _asked(outcome: Outcome) -> str:
    item = outcome.item
    after = "".join(f"   after {quoted(text)}" for text in item.after[-1:])
    return f"{where(item.place)}  {item.ask}{after}"


def _decided(one: Moved, pack: Pack) -> str:
    lines = [f"{wording.OTHERWISE}  {_asked(one.after)}"]
    if one.before is not None:
        lines.append(row(wording.WAS, _reply(one.before.reply)))
    lines.append(row(wording.NOW, _reply(one.after.reply)))
    return "\n".join([*lines, row(wording.SEE, explain_command(one.after.item, Path(pack.root)))])


def _reply(reply: Reply) -> str:
    offered = ", ".join(option.intent for option in reply.options)
    text = " and ".join(reply.intents) or reply.kind
    return f"{text}{f' of {offered}' if offered else ''}{f' ({reply.outside})' if reply.outside else ''}"


def _texts(moved: Iterable[Moved]) -> Iterator[str]:
    """Yield a block for each difference of texts, with how many replies have it."""
    groups: dict[tuple[str, ...], list[Moved]] = {}
    for one in moved:
        groups.setdefault(tuple(_difference(one)), []).append(one)
    for lines, group in groups.items():
        reply = group[0].after.reply
        ids = " and ".join(reply.intents) or reply.about or reply.kind
        head = f"{wording.REWORDED}  {numbered(wording.REPLY_OF, len(group), ids=ids)}  {_asked(group[0].after)}"
        yield "\n".join([head, *(f"  {line}" for line in lines or (wording.BESIDE,))])


def _difference(one: Moved) -> Iterator[str]:
    """Yield the words that differ, with a few around them."""
    if one.before is None:
        return
    old, new = (_words(outcome.reply) for outcome in (one.before, one.after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for group in list(matcher.get_grouped_opcodes(_AROUND))[:_HUNKS]:
        _, old_start, _, new_start, _ = group[0]
        _, _, old_end, _, new_end = group[-1]
        for mark, words, start, end in (("-", old, old_start, old_end), ("+", new, new_start, new_end)):
            dots = ("\N{HORIZONTAL ELLIPSIS} " if start else "", " \N{HORIZONTAL ELLIPSIS}" if end < len(words) else "")
            yield f"{mark} {dots[0]}{' '.join(words[start:end])}{dots[1]}"


def _words(reply: Reply) -> list[str]:
    """Return the words of a reply; where its short form is another text than it begins with, that before the rest."""
    short, text = reply.short or "", reply.text or ""
    return (text if text.startswith(short) else f"{short} {text}").split()
