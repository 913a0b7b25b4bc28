"""A plugin for pytest: each phrasing of a pack's cases is a test item of its own.

A project sets `dimchat_cases` in its configuration; without it nothing is collected, and nothing of dimchat but this
module is imported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dimchat.dialogue import Assistant
    from dimchat.model import Pack
    from dimchat.regress.cases import Item

_OPENED = pytest.StashKey["tuple[Path, Pack, Assistant]"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the settings."""
    parser.addini("dimchat_cases", "files or folders of dimchat's cases; each phrasing becomes a test", "paths")
    parser.addini("dimchat_pack", "the folder of the pack that they test; default: the one that holds the cases")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """Take the YAML files of `dimchat_cases`, where they are among what pytest was asked to run."""
    places = parent.config.getini("dimchat_cases")
    if file_path.suffix != ".yaml" or not any(place == file_path or place in file_path.parents for place in places):
        return None
    return CaseFile.from_parent(parent, path=file_path)


class CaseFile(pytest.File):
    """A file of cases."""

    def collect(self) -> Iterator[CaseItem]:
        """Yield an item for each phrasing and for each turn that expects something."""
        from dimchat.errors import DimchatError  # noqa: PLC0415 - a project without cases imports nothing
        from dimchat.regress.cases import load_items  # noqa: PLC0415

        try:
            root, pack, _ = opened(self.config)
            items = load_items((self.path,), root, pack)
        except DimchatError as error:
            raise self.CollectError(str(error)) from None
        for item in items:
            for tag in item.tags:
                name = mark_name(tag)
                self.config.addinivalue_line("markers", f"{name}: cases with the tag {tag!r}")
            yield CaseItem.from_parent(self, name=item_name(item), case=item)


class CaseItem(pytest.Item):
    """One message with what is expected of its reply."""

    def __init__(self, *, case: Item, **rest: Any) -> None:  # noqa: ANN401 - whatever pytest passes
        """Take the case; its tags become marks, and `-k` finds it by its intent too."""
        super().__init__(**rest)
        self.case = case
        for tag in case.tags:
            self.add_marker(mark_name(tag))
        if case.expect.intent:
            self.extra_keyword_matches.add(case.expect.intent)

    def runtest(self) -> None:
        """Ask, and judge the reply."""
        from dimchat.regress.report import failure_text  # noqa: PLC0415 - a project without cases imports nothing
        from dimchat.regress.runner import run_item  # noqa: PLC0415

        _, pack, assistant = opened(self.config)
        outcome = run_item(self.case, assistant)
        if outcome.status == "xfailed":
            pytest.xfail(self.case.xfail or "")
        if not outcome.ok:
            raise CaseFailed(failure_text(outcome, pack, assistant.explain(self.case.ask, outcome.context)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 - pytest's
        """Show what a curator needs; a traceback only where dimchat itself went wrong."""
        if isinstance(excinfo.value, CaseFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the phrasing stands; pytest counts lines from 0."""
        return self.path, self.case.place.line - 1, self.name


class CaseFailed(Exception):  # noqa: N818 - a verdict, no error
    """A reply was not what the case expects; the text says it all."""


def mark_name(tag: str) -> str:
    """Return the mark of a tag: what is no letter, digit or underscore becomes one."""
    name = re.sub(r"\W", "_", tag)
    return name if name.isidentifier() else f"_{name}"


def item_name(item: Item) -> str:
    """Return the line and the question, which together are in a file once; `::` would part a name."""
    return f"{item.place.line} {' '.join(item.ask.split())}".replace("::", ":")


def opened(config: pytest.Config) -> tuple[Path, Pack, Assistant]:
    """Return the pack that is tested, with its folder and its assistant, opened once in a run.

    Raises:
        PackError: It cannot be loaded.
    """
    if _OPENED not in config.stash:
        from dimchat.pack import find_pack  # noqa: PLC0415 - a project without cases imports nothing
        from dimchat.store import open_assistant  # noqa: PLC0415

        root = find_pack(_folder(config))
        config.stash[_OPENED] = (root, *open_assistant(root))
    return config.stash[_OPENED]


def _folder(config: pytest.Config) -> Path | None:
    """Return the folder of `dimchat_pack`, else the nearest one above the cases with a pack.yaml, else None."""
    named = config.getini("dimchat_pack")
    if named:
        folder: Path = config.rootpath / named
        return folder
    for place in config.getini("dimchat_cases"):
        for folder in (place, *place.parents):
            if (folder / "pack.yaml").is_file():
                return folder
    return None


@pytest.fixture(scope="session")
def dimchat_pack(pytestconfig: pytest.Config) -> Pack:
    """Return the pack that `dimchat_pack` or `dimchat_cases` names, else the one that dimchat carries."""
    return opened(pytestconfig)[1]


@pytest.fixture(scope="session")
def dimchat_assistant(pytestconfig: pytest.Config) -> Assistant:
    """Return the assistant of that pack."""
    return opened(pytestconfig)[2]
