"""The report of a check: the problems of a pack with their places and rules, and how many there are of each rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dimchat.errors import listed
from dimchat.model import Problem
from dimchat.pack.folder import named
from dimchat.pack.rules import RULES
from dimchat.quality.report.document import Document, Note, Paragraph, Section, Table
from dimchat.wording import measures as wording
from dimchat.wording.quality import OVERVIEW, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dimchat.model import Severity

_PARTS: tuple[tuple[Severity, str], ...] = (
    ("error", wording.ERRORS),
    ("warning", wording.WARNINGS),
    ("notice", wording.NOTICES),
)
_COUNTS = {"error": wording.ERROR_COUNT, "warning": wording.WARNING_COUNT, "notice": wording.NOTICE_COUNT}


def document(problems: Iterable[Problem], name: str) -> Document:
    """Return the report; of a file with very many problems it lists the first, its data holds all.

    Args:
        problems: What is wrong with the pack and its cases.
        name: What to call the pack.
    """
    every = sorted(problems, key=lambda problem: problem.place)
    shown = [one for one in listed(every) if isinstance(one, Problem)]
    sections = [Section(OVERVIEW, (_by_rule(every),))]
    for severity, title in _PARTS:
        rows = tuple((str(one.place), one.rule, one.text) for one in shown if one.severity == severity)
        if rows:
            sections.append(Section(title, (Table("", wording.PROBLEM_HEAD, rows),)))
    return Document(
        wording.CHECK_OF.format(name=name),
        ((wording.CAME, summary(every)),),
        tuple(sections),
        lines=("\n".join(map(problem_line, listed(every))),) if every else (),
        notes=tuple(Note(one.severity, one.place, one.rule, one.text) for one in shown),
        data={
            "schema": "dimchat.check/1",
            **{f"{severity}s": sum(one.severity == severity for one in every) for severity in _COUNTS},
            "rules": dict(sorted(Counter(one.rule for one in every).items())),
            "problems": list(map(_data, every)),
        },
    )


def summary(problems: Sequence[Problem]) -> str:
    """Return how many problems there are, and of which rules, the most frequent first; notices where there are some."""
    graves = Counter[str](one.severity for one in problems)
    parts = [
        numbered(forms, graves[severity])
        for severity, forms in _COUNTS.items()
        if severity in graves or severity != "notice"
    ]
    rules = Counter(one.rule for one in problems if one.rule)
    ranked = sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(parts) + (f" ({', '.join(f'{count} {rule}' for rule, count in ranked)})" if rules else "")


def next_step(problems: Iterable[Problem], root: Path) -> str:
    """Return the command that mends what one command can mend; empty for none."""
    stale = any(problem.rule in ("calibration-missing", "calibration-stale") for problem in problems)
    return wording.TUNE_NEXT.format(pack=named(root)) if stale else ""


def _by_rule(problems: Sequence[Problem]) -> Table | Paragraph:
    counts = Counter((one.severity, one.rule) for one in problems)
    if not counts:
        return Paragraph(wording.NO_PROBLEMS)
    rows = [
        (severity, rule, str(counts[severity, rule]), RULES[rule].description if rule in RULES else "")
        for severity, rule in sorted(counts)
    ]
    return Table("", wording.RULE_HEAD, tuple(rows), frozenset({2}))


def problem_line(problem: Problem | str) -> str:
    """Return `file:line:column: message [rule]`, with `warning: ` or `notice: ` before the message of one."""
    if isinstance(problem, str):
        return problem
    rule = f" [{problem.rule}]" if problem.rule else ""
    return f"{problem.place}: {wording.BEFORE[problem.severity]}{problem.text}{rule}"


def _data(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "severity": problem.severity,
        "rule": problem.rule,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "message": problem.message,
        "hint": problem.hint,
    }
