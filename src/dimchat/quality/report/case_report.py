"""The report of a run of cases, and each failure as a curator needs it: what was asked, expected and got, and why."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.pack.folder import named
from dimchat.quality.report.document import (
    Bars,
    CaseRun,
    Document,
    Listing,
    Note,
    Paragraph,
    Section,
    Table,
    pack_data,
    where,
)
from dimchat.quality.runner import decisive
from dimchat.wording import measures, quality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.dialogue import Explanation
    from dimchat.model import Candidate, Pack, Reply
    from dimchat.quality.cases import Item
    from dimchat.quality.runner import Outcome


class Result(NamedTuple):
    """The result of an item, explained where it failed."""

    outcome: Outcome
    text: str
    """What `failure_text` says; empty where it did not fail."""


def document(results: Sequence[Result], pack: Pack, *, slowest: int = 0) -> Document:
    """Return the report of a run; its lines name the `slowest` items."""
    outcomes = [result.outcome for result in results]
    passed, failed, expected = _counts(outcomes)
    texts = tuple(result.text for result in results if not result.outcome.ok)
    failures = Listing("", texts) if texts else Paragraph(measures.NO_FAILURES)
    sections = [Section(measures.FAILURES, (failures,)), Section(measures.BY_FILE, _by_file(outcomes))]
    known = tuple((where(one.item.place), one.item.ask, one.item.xfail or "") for one in _expected(outcomes))
    if known:
        sections.append(Section(measures.EXPECTED_FAILURES, (Table("", measures.EXPECTED_HEAD, known),)))
    came = measures.PASSED_FAILED.format(passed=passed, failed=failed, xfailed=expected)
    return Document(
        measures.RUN.format(title=pack.title),
        ((measures.PACK, f"{pack.name} {pack.version}"), (measures.ITEMS, str(len(outcomes))), (measures.CAME, came)),
        tuple(sections),
        lines=(*texts, "\n".join([*_slowest(outcomes, slowest), _summary(outcomes)])),
        notes=tuple(Note("error", one.item.place, one.item.ask, text) for one, text in results if not one.ok),
        cases=tuple(_case_run(result) for result in results),
        data={
            "schema": "dimchat.test/1",
            "pack": pack_data(pack),
            "ok": not failed,
            # Without times, so that the same run reads the same.
            "items": [_item_data(outcome) for outcome in outcomes],
        },
    )


def _counts(outcomes: Sequence[Outcome]) -> tuple[int, int, int]:
    """Return how many passed, failed, and failed as expected."""
    failed, expected = sum(not one.ok for one in outcomes), len(_expected(outcomes))
    return len(outcomes) - failed - expected, failed, expected


def _expected(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.status == "xfailed"]


def _summary(outcomes: Sequence[Outcome]) -> str:
    passed, failed, expected = _counts(outcomes)
    text = quality.PASSED.format(passed=passed, failed=failed)
    return text + (quality.EXPECTED.format(expected=expected) if expected else "")


def _slowest(outcomes: Sequence[Outcome], number: int) -> list[str]:
    ranked = sorted(outcomes, key=lambda outcome: -outcome.seconds)[:number]
    rows = [f"{one.seconds * 1000:8.1f} ms  {where(one.item.place)}  {one.item.ask}" for one in ranked]
    return [quality.SLOWEST, *rows] if rows else []


def _by_file(outcomes: Sequence[Outcome]) -> tuple[Table, Bars]:
    files: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        files.setdefault(outcome.item.place.file, []).append(outcome)
    counts = {file: _counts(own) for file, own in sorted(files.items())}
    rows = tuple((file, str(sum(numbers)), *map(str, numbers)) for file, numbers in counts.items())
    names = (measures.PASSED, measures.FAILED, measures.XFAILED)
    bars = Bars(
        measures.BY_FILE_PLOT,
        tuple(file.rpartition("/")[2] for file in counts),
        tuple((name, tuple(float(numbers[at]) for numbers in counts.values())) for at, name in enumerate(names)),
        measures.FILE,
        measures.ITEMS,
        stacked=True,
        beside=True,
    )
    return Table("", measures.BY_FILE_HEAD, rows, frozenset(range(1, 5))), bars


def _case_run(result: Result) -> CaseRun:
    outcome, item = result.outcome, result.outcome.item
    return CaseRun(
        item.place,
        item.ask,
        outcome.seconds,
        skipped=item.xfail if outcome.status == "xfailed" else None,
        failure=None if outcome.ok else ("; ".join(outcome.failures) or item.xfail or "", outcome.status, result.text),
    )


def _item_data(outcome: Outcome) -> dict[str, Any]:
    item, reply = outcome.item, outcome.reply
    return {
        "file": item.place.file,
        "line": item.place.line,
        "question": item.ask,
        "after": list(item.after),
        "tags": list(item.tags),
        "status": outcome.status,
        "xfail": item.xfail,
        "expected": list(outcome.failures),
        "got": reply_data(reply),
    }


def reply_data(reply: Reply) -> dict[str, Any]:
    """Return what tells replies apart in the data of a report."""
    return {"kind": reply.kind, "intents": list(reply.intents), "confidence": round(reply.confidence, 4)}


def failure_text(outcome: Outcome, pack: Pack, explanation: Explanation) -> str:
    """Return the report of a failed item, several lines, the first `file:line  message`."""
    candidates = decisive(explanation)
    item = outcome.item
    after = "".join(f"   after {quoted(text)}" for text in item.after[-1:])
    lines = [f"{where(item.place)}  {item.ask}", row("asked", quoted(item.ask) + after)]
    if outcome.status == "xpassed":
        lines.append(row("expected", f"to fail: {item.xfail}"))
        lines.append(row("got", "what the case expects; take the xfail out"))
    else:
        lines += [row("expected", failure) for failure in outcome.failures]
        lines.append(row("got", _got(outcome.reply, pack, candidates)))
    rival = next((candidate for candidate in candidates if candidate.intent not in outcome.reply.intents), None)
    if rival:
        margin = f"margin {abs(candidates[0].margin):.2f}, needs {explanation.margin:.2f}"
        lines.append(row("runner-up", f"{rival.intent}  {rival.confidence:.2f}   {margin}"))
    return "\n".join([*lines, row("replay", explain_command(item, pack.root))])


def row(name: str, text: str) -> str:
    """Return one indented line of a report."""
    return f"  {name:<10} {text}"


def quoted(text: str) -> str:
    """Return the text in double quotes, on one line."""
    return '"' + text.replace("\n", " ") + '"'


def _got(reply: Reply, pack: Pack, candidates: tuple[Candidate, ...]) -> str:
    """Return what came instead, with the phrase that brought it."""
    if not reply.intents:
        offered = ", ".join(option.intent for option in reply.options)
        return f"{reply.kind}{f' of {offered}' if offered else ''}{f' ({reply.outside})' if reply.outside else ''}"
    text = f"{' and '.join(reply.intents)}  {reply.confidence:.2f}"
    own = next((one for one in candidates if one.intent == reply.intents[0]), None)
    if own is None:
        return text
    intent = pack.intent.get(own.intent)
    # A title has no place among the phrases.
    place = next((one.place for one in (intent.phrases if intent else ()) if one.text == own.phrase), None)
    return f'{text}   via phrase "{own.phrase}"' + (f" ({where(place)})" if place else "")


def explain_command(item: Item, root: str | Path | None) -> str:
    """Return the command that shows why an item gets its reply, ready to paste into a shell.

    Args:
        item: What is asked.
        root: The folder of the pack; None where the commands of whoever reads it take it by themselves.
    """
    words = [f"dimchat explain{named(Path(root)) if root is not None else ''}"]
    words += ["--for", item.reader] if item.reader else []
    for text in item.after:
        words += ["--after", _shell_quoted(text)]
    # A question that starts with a dash would be read as an option.
    return " ".join([*words, *(["--"] if item.ask.startswith("-") else []), _shell_quoted(item.ask)])


def _shell_quoted(text: str) -> str:
    """Return the text in double quotes where a shell leaves it alone in them, else quoted safely."""
    plain = all(character.isprintable() and character not in '"\\$`!' for character in text)
    return f'"{text}"' if plain else shlex.quote(text)
