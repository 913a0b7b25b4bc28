"""How grave a breach of each rule is to one pack: as its profile says, then as its own `rules` say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from dimchat.files.text import suggest
from dimchat.pack.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dimchat.files.yaml import MapNode, Node
    from dimchat.model import Problem
    from dimchat.pack.rules import Report

Ruled = Literal["error", "warning", "notice", "off"]
"""What a pack can make of a rule: a notice is told and fails nothing."""
SEVERITIES: tuple[Ruled, ...] = get_args(Ruled)
LIMITS = {
    "short-length": 35.0,
    "text-length": 200.0,
    "words-length": 60.0,
    "title-length": 70.0,
    "few-phrases": 12.0,
    "many-phrases": 40.0,
    "few-cases": 4.0,
    "grade": 8.0,
    "grade-short": 11.0,
}
"""The limits that a pack may set, each with what holds without."""

_WRITING = ("grade", "grade-short", "answer-first", "review-after-source", "no-as-of", "untrusted-source")
"""Rules of writing that not every pack wants; a profile asks for them."""
_UNSOURCED = (
    *("uncited-figure", "uncited-short", "unused-source", "no-review-date", "short-length", "text-length"),
    *("few-phrases", "many-phrases", "few-cases", "case-is-phrase", "unreached"),
)
"""What a list of frequent questions does without."""
_ALIKE = ("similar-phrases", "near-duplicate")
"""What a list that several hands wrote holds: questions that are nearly the same. They are told, and fail nothing."""
PROFILES: dict[str, dict[str, Ruled]] = {
    "": dict.fromkeys(_WRITING, "off"),
    "career-guide": {},
    "faq": {**dict.fromkeys((*_WRITING, *_UNSOURCED), "off"), **dict.fromkeys(_ALIKE, "notice")},
}
"""What each profile makes of rules; "" is that of a pack which names none."""


class Rulings(NamedTuple):
    """What one pack makes of the rules that only warn."""

    severities: Mapping[str, Ruled] = PROFILES[""]
    limits: Mapping[str, float] = LIMITS

    def on(self, rule: str) -> bool:
        """Return whether a rule counts at all."""
        return self.severities.get(rule) != "off"

    def applied(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems that count, each as grave as it is to this pack."""
        found = []
        for problem in problems:
            chosen = self.severities.get(problem.rule)
            if problem.severity == "error" or chosen in (None, problem.severity):
                found.append(problem)
            elif chosen != "off":
                found.append(problem._replace(severity=chosen))
        return tuple(found)


def rulings_of(head: MapNode | None, report: Report) -> Rulings:
    """Return what a pack's first file says of rules, and report what it cannot say.

    Args:
        head: `pack.yaml`, as far as it has the right form.
        report: Where to say what is wrong.
    """
    from dimchat.files.yaml import MapNode  # noqa: PLC0415 - who wants a report alone needs no YAML

    if head is None:
        return Rulings()
    severities: dict[str, Ruled] = dict(PROFILES.get(head.string("profile"), PROFILES[""]))
    limits = dict(LIMITS)
    own = head.get("rules")
    for name, (key, node) in own.entries.items() if isinstance(own, MapNode) else ():
        rule = RULES.get(name)
        if rule is None:
            report.add("unknown-rule", key.place, f"there is no rule {name!r}", suggest(name, RULES))
        elif rule.severity == "error":
            message = f"{name!r} keeps a pack from being read, whatever it says"
            report.add("unknown-rule", key.place, message)
        elif isinstance(node, MapNode):
            severities[name] = _severity(node, severities.get(name, "warning"))
            _limit(name, node, limits, report)
    return Rulings(severities, limits)


def _severity(node: MapNode, otherwise: Ruled) -> Ruled:
    given = node.string("severity", otherwise)
    return next((one for one in SEVERITIES if one == given), otherwise)  # what is none of them was reported


def _limit(name: str, node: MapNode, limits: dict[str, float], report: Report) -> None:
    found: Node | None = node.get("limit")
    if found is None:
        return
    if name not in LIMITS:
        report.add("unknown-rule", found.place, f"{name!r} has no limit; {', '.join(LIMITS)} have one")
    else:
        limits[name] = float(node.string("limit"))
