"""How alike two questions are, by the stems of their content words in any order, and questions grouped by that."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

from dimchat.language.english import FUNCTION_WORDS
from dimchat.language.tokens import stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALIKE = 75.0
"""The likeness of two forms, 0 to 100, from which they ask the same."""
_WORTH_A_LOOK = 45.0
AGAIN = 60.0
"""The likeness to the question before from which a question is taken for the same one in other words."""


def form(text: str) -> str:
    """Return the sorted stems of the words of content, or of all words where there are no others."""
    tokens = words(text)
    content = sorted({stem(token) for token in tokens if token not in FUNCTION_WORDS})
    return " ".join(content or sorted(set(tokens)))


def again(one: str, other: str) -> bool:
    """Return whether a question is taken for the one before it in other words.

    Args:
        one: The question as it was typed.
        other: The one before it.
    """
    # Most questions have so little in common that their words need not be looked at.
    if fuzz.token_sort_ratio(one, other, score_cutoff=_WORTH_A_LOOK) == 0:
        return False
    return likeness(form(one), form(other)) >= AGAIN


def likeness(one: str, other: str) -> float:
    """Return how alike two forms are, 0 to 100.

    Letters decide, so that misspelt words count, and every word of both forms has its part: a form
    that lies within a longer one is not the same question.
    """
    return float(fuzz.ratio(one, other))


FORMS = 4000
"""How many different questions may lead a group: the most frequent ones."""


class Asked(NamedTuple):
    """A question, or a group of them, with how often it was asked."""

    text: str
    """The wording that was typed most."""
    times: int
    offered: int = 0
    """How often choices were offered; the rest was turned down."""
    form: str = ""
    wordings: tuple[tuple[str, int], ...] = ()
    """All wordings with their counts, the most frequent first."""
    reasons: tuple[tuple[str, int], ...] = ()
    """Why it was turned down, each reason with its count, the most frequent first."""


class Grouping(NamedTuple):
    """Groups, and what was left out of them."""

    groups: tuple[Asked, ...]
    left_out: int
    """How often questions were asked that are like no leader and too rare to lead."""


@dataclass(slots=True)
class _Group:
    form: str
    count: int = 0
    offered: int = 0
    wordings: dict[str, int] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)

    def take(self, other: _Group) -> None:
        self.count += other.count
        self.offered += other.offered
        for text, count in other.wordings.items():
            self.wordings[text] = self.wordings.get(text, 0) + count
        self.reasons.update(other.reasons)

    def done(self) -> Asked:
        wordings = tuple(sorted(self.wordings.items(), key=lambda each: (-each[1], len(each[0]), each[0])))
        reasons = tuple(sorted(self.reasons.items(), key=lambda each: (-each[1], each[0])))
        return Asked(wordings[0][0], self.count, self.offered, self.form, wordings, reasons)


def grouped(questions: Iterable[Asked], *, forms: int = FORMS) -> Grouping:
    """Return questions in groups by likeness, the most frequent group first.

    Equal forms are one question. In the order of how often it was asked, each form joins the most
    alike leader that shares the beginning of a word with it, or leads a group of its own. Only the
    `forms` most frequent ones can lead, so that the time does not grow with the square of the journal.

    Args:
        questions: With their counts; the same text may come more than once.
        forms: How many forms may lead a group.
    """
    same: dict[str, _Group] = {}
    for asked in questions:
        key = form(asked.text)
        own = _Group(key, asked.times, asked.offered, {asked.text: asked.times}, Counter(dict(asked.reasons)))
        same.setdefault(key, _Group(key)).take(own)
    by_count = sorted(same.values(), key=lambda group: (-group.count, group.form))
    leaders: list[_Group] = []
    near = _Near()
    left_out = 0
    for number, group in enumerate(by_count):
        at = near.most_alike(group.form)
        if at is not None:
            leaders[at].take(group)
        elif number < forms:
            near.add(group.form, len(leaders))
            leaders.append(group)
        else:
            left_out += group.count
    leaders.sort(key=lambda group: (-group.count, group.form))
    return Grouping(tuple(group.done() for group in leaders), left_out)


class _Near:
    """Finds the leader that a form is most like, among those with which it shares the beginning of a word."""

    _BEGINNING = 3
    _RAREST = 2

    def __init__(self) -> None:
        self._forms: list[str] = []
        self._with: dict[str, list[int]] = defaultdict(list)

    def add(self, key: str, number: int) -> None:
        self._forms.append(key)
        for beginning in self._beginnings(key):
            self._with[beginning].append(number)

    def most_alike(self, key: str) -> int | None:
        # The words that few leaders have say most; those that all have would only make it slow.
        known = sorted((self._with[each] for each in self._beginnings(key) if each in self._with), key=len)
        numbers = sorted({number for leaders in known[: self._RAREST] for number in leaders})
        found = process.extractOne(key, self._chosen(numbers), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return numbers[found[2]] if found else None

    def _chosen(self, numbers: Sequence[int]) -> list[str]:
        return [self._forms[number] for number in numbers]

    @classmethod
    def _beginnings(cls, key: str) -> set[str]:
        return {word[: cls._BEGINNING] for word in key.split()}
