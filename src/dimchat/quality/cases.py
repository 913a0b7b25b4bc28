"""The cases of a pack: which files hold them, and the items in them.

One list of files for `dimchat test`, `check` and pytest, so that they cannot differ. A folder is searched all the way
down; names that begin with a dot are left out, as everywhere in a pack.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dimchat.errors import CaseError
from dimchat.files.disk import printable, reason
from dimchat.files.text import suggest
from dimchat.files.yaml import ListNode, MapNode, take
from dimchat.model import Place
from dimchat.pack import formats
from dimchat.pack.folder import few_enough, read_node
from dimchat.pack.rules import Report
from dimchat.wording import quality as wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dimchat.files.yaml import Node, TextNode
    from dimchat.model import Pack, Problem

CASES_FOLDER = "tests/cases"
ENDING = ".yaml"
DEEPEST = 32
"""So many folders may lie in each other."""
_ALIKE = frozenset({".yaml", ".yml"})
"""Endings, in any case of letters, of what somebody meant as a file of cases."""


def case_files(paths: Iterable[Path], root: Path, report: Report) -> list[Path]:
    """Return the files of cases in files and folders, each once, in order; without any, those of the pack's own folder.

    Reported as errors: a path that leads to no case, a file whose name only resembles one of cases, a link that leads
    out of the pack or back into itself, and what cannot be read. So a case that is there is on the list, or an error.
    """
    named = [_straight(path) for path in paths]
    found: dict[Path, None] = {}
    for path in named or [root.absolute() / CASES_FOLDER]:
        search = _Search(root, path, report)
        files = search.files()
        found.update(dict.fromkeys(files))
        if named and not files and not search.complained:
            search.complain(path, wording.NO_CASE_FILE)
    return few_enough(list(found), Place(f"{CASES_FOLDER}/"), report)


def case_name(file: Path, root: Path) -> str:
    """Return the name of a file as reports show it: relative to the folder of the pack."""
    return Path(os.path.relpath(file, root)).as_posix()


class _Search:
    """Looks for the files of one path."""

    def __init__(self, root: Path, path: Path, report: Report) -> None:
        self._root = root
        self._path = path
        self._report = report
        self._homes = (_real(path), _real(root))
        self.complained = False

    def files(self) -> list[Path]:
        """Return the files that the path leads to."""
        if self._path.is_relative_to(self._root.absolute()) and not self._homes[0].is_relative_to(self._homes[1]):
            self.complain(self._path, wording.LINK_OUT)
            return []
        try:
            if self._path.is_dir():
                return list(self._below(self._path, (_real(self._path),)))
            self._path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.complain(self._path, wording.CANNOT_LOOK.format(why=reason(error)))
            return []
        if self._path.suffix == ENDING:
            return [self._path] if self._is_file(self._path) else []
        self.complain(self._path, wording.NOT_A_CASE_FILE)
        return []

    def complain(self, path: Path, message: str) -> None:
        """Report an error about a path."""
        self.complained = True
        self._report.add_other("error", "case-file", Place(printable(case_name(path, self._root))), message)

    def _below(self, folder: Path, above: tuple[Path, ...]) -> Iterator[Path]:
        """Yield the files below a folder; it and those above lead to it, so that no link leads round in a circle."""
        if len(above) > DEEPEST:
            self.complain(folder, wording.TOO_DEEP.format(most=DEEPEST))
            return
        try:
            entries = [(entry, entry.is_dir()) for entry in sorted(folder.iterdir()) if not entry.name.startswith(".")]
        except OSError as error:
            self.complain(folder, wording.CANNOT_LOOK.format(why=reason(error)))
            return
        for entry, is_folder in entries:
            if is_folder:
                yield from self._inside(entry, above)
            elif entry.suffix == ENDING:
                if self._stays(entry) and self._is_file(entry):
                    yield entry
            elif entry.suffix.lower() in _ALIKE:
                self.complain(entry, wording.MISNAMED_CASE_FILE.format(name=printable(entry.stem + ENDING)))

    def _inside(self, folder: Path, above: tuple[Path, ...]) -> Iterator[Path]:
        if not folder.is_symlink():
            yield from self._below(folder, (*above, above[-1] / folder.name))
        elif self._stays(folder):
            target = _real(folder)
            if target in above:
                self.complain(folder, wording.LINK_IN_CIRCLE)
            else:
                yield from self._below(folder, (*above, target))

    def _is_file(self, path: Path) -> bool:
        if path.is_file():
            return True
        self.complain(path, wording.NO_FILE)
        return False

    def _stays(self, path: Path) -> bool:
        """Return whether a path stays in the pack, or below a path named outside it; report it where not."""
        if not path.is_symlink() or any(_real(path).is_relative_to(home) for home in self._homes):
            return True
        self.complain(path, wording.LINK_OUT)
        return False


def _straight(path: Path) -> Path:
    """Return the whole path; one with `..` in it without its links, of which `..` would lead elsewhere."""
    return path.resolve() if ".." in path.parts else path.absolute()


def _real(path: Path) -> Path:
    """Return where a path leads, links followed; `Path.resolve` raises where they go in a circle."""
    return Path(os.path.realpath(path))


__all__ = [
    "CASES_FOLDER",
    "CaseReader",
    "Expectation",
    "Item",
    "advise_cases",
    "inspect_cases",
    "load_items",
    "read_items",
    "selected",
]

FEWEST = 4
"""The phrasings that each intent of a category has at least."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expectations of a reply; empty and None parts expect nothing."""

    intent: str | None = None
    also: tuple[str, ...] = ()
    not_intent: tuple[str, ...] = ()
    kind: str | None = None
    contains: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    """Sources, or `source, locator`."""
    offers: tuple[str, ...] = ()
    suggests: tuple[str, ...] = ()
    about: str | None = None
    outside: str | None = None
    row: tuple[tuple[str, str], ...] = ()
    """Pairs of a column of a table's key and the cell that each row has that is shown."""
    margin: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One message with what is expected of its reply."""

    place: Place
    ask: str
    expect: Expectation
    tags: tuple[str, ...] = ()
    group: str | None = None
    xfail: str | None = None
    """Why it is known to fail."""
    after: tuple[str, ...] = ()
    """The messages before it in its conversation."""
    in_conversation: bool = False
    reader: str | None = None
    """Who asks, where that makes a difference."""


def load_items(paths: Iterable[Path], root: Path, pack: Pack) -> list[Item]:
    """Return the items of case files, by file and line.

    Args:
        paths: Files, or folders that are searched; none for the pack's own, of which there may be none.
        root: The folder of the pack, which the names of files are relative to.
        pack: The ids that cases may name.

    Raises:
        CaseError: With everything that is wrong with them.

    >>> from dimchat.pack import find_pack, load_pack
    >>> item = load_items((), find_pack(None), load_pack(find_pack(None)))[0]
    >>> item.place.file, type(item.ask), item.after
    ('tests/cases/career.yaml', <class 'str'>, ())
    """
    report = Report()
    items = read_items(paths, root, pack, report)
    if report.errors:
        raise CaseError(report.errors)
    return items


def inspect_cases(root: Path, pack: Pack, least: float = FEWEST) -> tuple[Problem, ...]:
    """Return the problems of a pack's cases: errors in them, and intents of which fewer than `least` cases ask."""
    report = Report()
    advise_cases(read_items((), root, pack, report), root, pack, report, least)
    return report.problems


def advise_cases(items: list[Item], root: Path, pack: Pack, report: Report, least: float) -> None:
    """Report what the cases that could be read test too little; the arguments are those of `inspect_cases`."""
    counts: dict[str, int] = {}
    for item in items:
        if item.expect.intent and not item.in_conversation:
            counts[item.expect.intent] = counts.get(item.expect.intent, 0) + 1
    phrases = {phrase.text.casefold(): intent.id for intent in pack.intents for phrase in intent.phrases}
    for item in items:
        alone = item.expect == Expectation(intent=item.expect.intent, also=item.expect.also)
        if alone and not item.in_conversation and item.ask.casefold() in phrases:
            message = f"{item.ask!r} is a phrase of {phrases[item.ask.casefold()]}, so it tests nothing"
            report.add("case-is-phrase", item.place, message)
    if not items and not report.errors and (root / CASES_FOLDER).is_dir():
        report.add("no-cases", Place(f"{CASES_FOLDER}/"), wording.NO_CASE_THERE)
    for intent in pack.browsable if items else ():
        if counts.get(intent.id, 0) < least:
            message = f"{intent.id} has {counts.get(intent.id, 0)} cases, fewer than {least:g}"
            report.add("few-cases", intent.place, message)


def read_items(paths: Iterable[Path], root: Path, pack: Pack, report: Report) -> list[Item]:
    """Return the items that can be read; what is wrong with the rest goes into the report."""
    reader = CaseReader(pack, report)
    items: list[Item] = []
    for file in case_files(paths, root, report):
        node = read_node(file, case_name(file, root), report)
        cases = take(node, formats.CASES, report) if node is not None else None
        if isinstance(cases, ListNode):
            for case in cases.items:
                if isinstance(case, MapNode):
                    items += reader.items(case)
    return items


def selected(items: Iterable[Item], keyword: str | None, tags: Sequence[str]) -> list[Item]:
    """Return the items that hold the keyword in question, intent or file, and have one of the tags."""
    word = (keyword or "").casefold()
    return [
        item
        for item in items
        if (word in f"{item.ask}\n{item.expect.intent}\n{item.place.file}".casefold())
        and (not tags or set(tags) & set(item.tags))
    ]


def strings(node: MapNode, key: str) -> tuple[str, ...]:
    """Return the characters of the texts under a key."""
    return tuple(text.text for text in node.texts(key))


class CaseReader:
    """Turns the mappings of a case file into items, and reports ids that the pack does not have."""

    def __init__(self, pack: Pack, report: Report) -> None:
        """Know the ids that the pack has."""
        self.report = report
        self.tables, self.readers = pack.tables, pack.reader
        self.drafts = frozenset(pack.drafts)
        self.ids = {
            "intent": [*pack.intent, *pack.drafts],
            "outside": list(pack.outside_group),
            "source": list(pack.source),
        }

    def items(self, case: MapNode) -> list[Item]:
        """Return the items of one case; faulty parts are reported and left out, and what expects a draft waits."""
        marks = (strings(case, "tags"), case.string("group") or None, case.string("xfail") or None)
        if case.maps("turns"):
            return self.conversation(case, *marks)
        expect = self.expectation(case)
        if expect == Expectation():
            self.report.add_other("error", "no-expectation", case.place, "the case expects nothing")
        reader = self.reader(case)
        if expect.intent in self.drafts:
            return []
        return [Item(ask.place, ask.text, expect, *marks, reader=reader) for ask in case.texts("ask")]

    def reader(self, case: MapNode) -> str | None:
        """Return who asks; a reader that no answer has a variant for is reported."""
        node = case.text("for")
        if node is not None and node.text not in self.readers:
            meant = suggest(node.text, self.readers)
            self.report.add_other("error", "unknown-reader", node.place, f"unknown reader {node.text!r}", meant)
        return node.text if node is not None else None

    def conversation(self, case: MapNode, tags: tuple[str, ...], group: str | None, xfail: str | None) -> list[Item]:
        """Return an item for each turn that expects something, but for drafts; what is expected beside is an error."""
        if self.expectation(case) != Expectation():
            self.report.add_other("error", "stray-expectation", case.place, wording.BESIDE_TURNS)
        items: list[Item] = []
        before: list[str] = []
        reader = self.reader(case)
        for turn in case.maps("turns"):
            expect = self.expectation(turn)
            ask = turn.string("ask")
            if expect != Expectation() and expect.intent not in self.drafts:
                marks = (tags + strings(turn, "tags"), turn.string("group") or group, turn.string("xfail") or xfail)
                place = turn.place_of("ask")
                items.append(Item(place, ask, expect, *marks, tuple(before), in_conversation=True, reader=reader))
            before.append(ask)
        if not items and not any(turn.string("intent") in self.drafts for turn in case.maps("turns")):
            self.report.add_other("error", "no-expectation", case.place, "no turn of the conversation expects anything")
        return items

    def expectation(self, node: MapNode) -> Expectation:
        """Return what the mapping expects; ids that do not exist and broken patterns are reported."""
        for key in ("intent", "also", "not_intent", "offers", "suggests", "about"):
            self.known(node.texts(key), "intent")
        self.known(node.texts("cites"), "source", lambda text: text.partition(",")[0].strip())
        self.known(node.texts("outside"), "outside")
        for pattern in node.texts("matches"):
            try:
                re.compile(pattern.text)
            except re.error as error:
                self.report.add_other("error", "bad-pattern", pattern.place, f"not a regular expression: {error}")
        margin = node.string("margin")
        return Expectation(
            intent=node.string("intent") or None,
            also=strings(node, "also"),
            not_intent=strings(node, "not_intent"),
            kind=node.string("kind") or None,
            contains=strings(node, "contains"),
            matches=strings(node, "matches"),
            cites=tuple(" ".join(text.split()) for text in strings(node, "cites")),
            offers=strings(node, "offers"),
            suggests=strings(node, "suggests"),
            about=node.string("about") or None,
            outside=node.string("outside") or None,
            row=self.row(node.get("row")),
            margin=float(margin) if margin else None,
        )

    def row(self, node: Node | None) -> tuple[tuple[str, str], ...]:
        """Return the row that is expected; one that no table has is reported."""
        if not isinstance(node, MapNode):
            return ()
        row = tuple((name, node.string(name)) for name in node.entries)
        columns = {name for table in self.tables for name in table.key}
        for name, (key, _) in node.entries.items():
            if name not in columns:
                hint = suggest(name, columns)
                self.report.add_other("error", "unknown-column", key.place, f"no table has the key {name!r}", hint)
        names = {name for name, _ in row}
        if names <= columns and not any(names <= set(t.key) and any(t.where(dict(row))) for t in self.tables):
            self.report.add_other("error", "unknown-row", node.place, "no table has such a row")
        return row

    def known(self, names: tuple[TextNode, ...], what: str, id_in: Callable[[str], str] = str) -> None:
        """Report the names in which the id is none of this sort."""
        for name in names:
            wanted = id_in(name.text)
            if wanted not in self.ids[what]:
                hint = suggest(wanted, self.ids[what])
                self.report.add_other("error", f"unknown-{what}", name.place, f"unknown {what} {wanted!r}", hint)
