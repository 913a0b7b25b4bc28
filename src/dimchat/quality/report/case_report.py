"""The report of a run of cases: each failure as a curator needs it, tables, notes, JUnit cases and data."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

from dimchat.quality.report.ci import Note
from dimchat.quality.report.document import Bars, Document, Listing, Paragraph, Section, Table
from dimchat.quality.runner import decisive
from dimchat.wording import measures as wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dimchat.dialogue import Explanation
    from dimchat.model import Candidate, Pack, Reply
    from dimchat.quality.cases import Item
    from dimchat.quality.runner import Outcome

SCHEMA = "dimchat.test/1"


class Result(NamedTuple):
    """What became of an item, in words where it failed."""

    outcome: Outcome
    text: str
    """The report of the failure; empty where there is none."""


def notes(results: Sequence[Result]) -> Iterator[Note]:
    """Yield a note for each failure, beside its case."""
    for outcome, text in results:
        if not outcome.ok:
            yield Note("error", outcome.item.place, outcome.item.ask, text)


def document(results: Sequence[Result], pack: Pack) -> Document:
    """Return the report of a run."""
    statuses = [result.outcome.status for result in results]
    failures = tuple(result.text for result in results if not result.outcome.ok)
    files: dict[str, list[Outcome]] = {}
    for result in results:
        files.setdefault(result.outcome.item.place.file, []).append(result.outcome)
    rows = []
    for file, outcomes in sorted(files.items()):
        failed = sum(not one.ok for one in outcomes)
        expected = sum(one.status == "xfailed" for one in outcomes)
        counts = (len(outcomes), len(outcomes) - failed - expected, failed, expected)
        rows.append((file, *map(str, counts)))
    table = Table("", wording.BY_FILE_HEAD, tuple(rows), frozenset(range(1, 5)))
    plot = Bars(
        wording.BY_FILE_PLOT,
        tuple(row[0].rpartition("/")[2] for row in rows),
        ((wording.PASSED, _column(rows, 2)), (wording.FAILED, _column(rows, 3)), (wording.XFAILED, _column(rows, 4))),
        wording.FILE,
        wording.ITEMS,
        stacked=True,
        beside=True,
    )
    found = Listing("", failures) if failures else Paragraph(wording.NO_FAILURES)
    sections = [Section(wording.FAILURES, (found,)), Section(wording.BY_FILE, (table, plot))]
    known = tuple(
        (f"{item.place.file}:{item.place.line}", item.ask, item.xfail or "")
        for item in (result.outcome.item for result in results if result.outcome.status == "xfailed")
    )
    if known:
        sections.append(Section(wording.EXPECTED_FAILURES, (Table("", wording.EXPECTED_HEAD, known),)))
    said = wording.PASSED_FAILED.format(
        passed=statuses.count("passed"),
        failed=statuses.count("failed") + statuses.count("xpassed"),
        xfailed=statuses.count("xfailed"),
    )
    facts = ((wording.PACK, f"{pack.name} {pack.version}"), (wording.ITEMS, str(len(results))), (wording.CAME, said))
    return Document(wording.RUN.format(title=pack.title), facts, tuple(sections))


def _column(rows: Sequence[tuple[str, ...]], at: int) -> tuple[float, ...]:
    return tuple(float(row[at]) for row in rows)


def data(results: Sequence[Result], pack: Pack) -> dict[str, Any]:
    """Return the run as what JSON can say, without times, so that the same run reads the same."""
    return {
        "schema": SCHEMA,
        "pack": {"name": pack.name, "version": pack.version, "digest": pack.digest},
        "ok": all(result.outcome.ok for result in results),
        "items": [
            {
                "file": one.item.place.file,
                "line": one.item.place.line,
                "question": one.item.ask,
                "after": list(one.item.after),
                "tags": list(one.item.tags),
                "status": one.status,
                "xfail": one.item.xfail,
                "expected": list(one.failures),
                "got": {
                    "kind": one.reply.kind,
                    "intents": list(one.reply.intents),
                    "confidence": round(one.reply.confidence, 4),
                },
            }
            for one in (result.outcome for result in results)
        ],
    }


def failure_text(outcome: Outcome, pack: Pack, explanation: Explanation) -> str:
    """Return the report of one failed item, several lines, the first `file:line  message`.

    Args:
        outcome: what became of the item.
        pack: where the phrases stand.
        explanation: why the item's message gets its reply, in the outcome's context.
    """
    candidates = decisive(explanation)
    item = outcome.item
    lines = [f"{item.place.file}:{item.place.line}  {item.ask}"]
    after = "".join(f"   after {quoted(text)}" for text in item.after[-1:])
    lines.append(row("asked", quoted(item.ask) + after))
    if outcome.status == "xpassed":
        lines.append(row("expected", f"to fail: {item.xfail}"))
        lines.append(row("got", "what the case expects; take the xfail out"))
    else:
        lines += [row("expected", failure) for failure in outcome.failures]
        lines.append(row("got", got(outcome.reply, pack, candidates)))
    rivals = [candidate for candidate in candidates if candidate.intent not in outcome.reply.intents]
    if rivals and candidates:
        lines.append(
            row(
                "runner-up",
                f"{rivals[0].intent}  {rivals[0].confidence:.2f}   "
                f"margin {abs(candidates[0].margin):.2f}, needs {explanation.margin:.2f}",
            )
        )
    lines.append(row("replay", replay(item)))
    return "\n".join(lines)


def row(name: str, text: str) -> str:
    """Return one indented line of a report."""
    return f"  {name:<10} {text}"


def quoted(text: str) -> str:
    """Return the text in double quotes, on one line."""
    return '"' + text.replace("\n", " ") + '"'


def got(reply: Reply, pack: Pack, candidates: tuple[Candidate, ...]) -> str:
    """Return what came instead, with the phrase that brought it."""
    if not reply.intents:
        offered = ", ".join(option.intent for option in reply.options)
        return f"{reply.kind}{f' of {offered}' if offered else ''}{f' ({reply.outside})' if reply.outside else ''}"
    text = f"{' and '.join(reply.intents)}  {reply.confidence:.2f}"
    for candidate in candidates:
        if candidate.intent == reply.intents[0]:
            return f'{text}   via phrase "{candidate.phrase}"{where(candidate, pack)}'
    return text


def where(candidate: Candidate, pack: Pack) -> str:
    """Return ` (file:line)` of the candidate's phrase, empty where it is a title."""
    intent = pack.intent.get(candidate.intent)
    for phrase in intent.phrases if intent else ():
        if phrase.text == candidate.phrase:
            return f" ({phrase.place.file}:{phrase.place.line})"
    return ""


def replay(item: Item) -> str:
    """Return the command that shows why, ready to paste into a shell."""
    words = ["dimchat", "explain"]
    for text in item.after:
        words += ["--after", text]
    # A question that starts with a dash would be read as an option.
    words += ["--", item.ask] if item.ask.startswith("-") else [item.ask]
    return " ".join(words[:2] + [part if part.startswith("--") else shell_quoted(part) for part in words[2:]])


def shell_quoted(text: str) -> str:
    """Return the text in double quotes where a shell leaves it alone in them, else quoted safely."""
    plain = all(character.isprintable() and character not in '"\\$`!' for character in text)
    return f'"{text}"' if plain else shlex.quote(text)
