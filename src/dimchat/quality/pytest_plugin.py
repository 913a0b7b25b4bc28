"""A plugin for pytest: each phrasing of a pack's cases is a test item of its own.

A project sets `dimchat_cases` in its configuration; without it nothing is collected, and nothing of dimchat but this
module is imported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from dimchat.dialogue import Assistant
    from dimchat.model import Pack
    from dimchat.quality.cases import Item

    Opened = tuple[Pack, Assistant]

_OPENED = pytest.StashKey["dict[Path | None, Opened]"]()
_FILES = pytest.StashKey["frozenset[Path]"]()
TAG = "tag."
"""Begins the mark of a tag; no mark of pytest or of a plugin does, because in Python a name has no dot."""
_LONGEST = 100
"""So many characters of a question stand in the name of its item, which pytest hands on in the environment."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the settings."""
    parser.addini("dimchat_cases", "files or folders of dimchat's cases; each phrasing becomes a test", "paths")
    parser.addini("dimchat_pack", "the folder of the pack that they test; default: the one that holds the cases")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Find the files of `dimchat_cases`.

    Raises:
        UsageError: One of the paths leads to no case, or to what would be left out.
    """
    config = session.config
    places = config.getini("dimchat_cases")
    if not places:
        return
    from dimchat.pack.rules import Report  # noqa: PLC0415 - a project without cases imports nothing
    from dimchat.quality.cases import case_files  # noqa: PLC0415

    files: list[Path] = []
    for place in places:
        report = Report()
        files += case_files((place,), _folder(config, place) or config.rootpath, report)
        if report.errors:
            raise pytest.UsageError(*(f"dimchat_cases: {place}: {problem}" for problem in report.errors))
    config.stash[_FILES] = frozenset(map(_real, files))
    _ask_for_all(config, [place.resolve() for place in places])


def _ask_for_all(config: pytest.Config, places: Sequence[Path]) -> None:
    """Let pytest without paths, which runs a whole project, run the cases too, wherever they lie."""
    base = _base(config)
    source, known = config.args_source, pytest.Config.ArgsSource
    if source is known.TESTPATHS or (source is known.INVOCATION_DIR and config.invocation_params.dir == base):
        asked = [(config.invocation_params.dir / one.partition("::")[0]).resolve() for one in config.args]
        config.args += [str(place) for place in places if not any(place.is_relative_to(one) for one in asked)]


@pytest.hookimpl(wrapper=True)
def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> Generator[None, bool | None, bool | None]:
    """Let pytest look into folders of cases whose names are in `norecursedirs`, such as `build`."""
    ignored = yield
    if ignored and _FILES in config.stash and _is_left_out(collection_path, config):
        return None
    return ignored


def _is_left_out(folder: Path, config: pytest.Config) -> bool:
    """Return whether a folder holds cases, and is ignored for its name alone."""
    here = folder.resolve()
    named = any(here == place.resolve() or place.resolve() in here.parents for place in config.getini("dimchat_cases"))
    if not named or not any(here in file.parents for file in config.stash[_FILES]):
        return False
    unwanted = [config.invocation_params.dir / one for one in config.getoption("ignore") or ()]
    unwanted_like = config.getoption("ignore_glob") or ()
    return (
        any(folder.match(pattern) for pattern in config.getini("norecursedirs"))
        and folder not in unwanted
        and not any(folder.match(pattern) for pattern in unwanted_like)
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """Take the files of `dimchat_cases`, where they are among what pytest was asked to run."""
    if _FILES not in parent.config.stash or _real(file_path) not in parent.config.stash[_FILES]:
        return None
    return CaseFile.from_parent(parent, path=file_path)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say of a case that passes though it is marked as failing what a curator has to do."""
    report = yield
    if isinstance(item, CaseItem) and item.surprise and report.when == "call" and report.failed:
        report.longrepr = f"{report.longrepr}\n{item.surprise}"
    return report


class CaseFile(pytest.File):
    """A file of cases."""

    def collect(self) -> Iterator[CaseItem]:
        """Yield an item for each phrasing and for each turn that expects something."""
        from dimchat.errors import DimchatError  # noqa: PLC0415 - a project without cases imports nothing
        from dimchat.pack import find_pack  # noqa: PLC0415
        from dimchat.quality.cases import load_items  # noqa: PLC0415

        folder = _folder(self.config, self.path)
        try:
            pack, _ = opened(self.config, folder)
            items = load_items((self.path,), find_pack(folder), pack)
        except DimchatError as error:
            raise self.CollectError(str(error)) from None
        for tag in dict.fromkeys(tag for item in items for tag in item.tags):
            self.config.addinivalue_line("markers", f"{mark_name(tag)}: cases with the tag {tag!r}")
        for item in items:
            yield CaseItem.from_parent(self, name=item_name(item), case=item, folder=folder)


class CaseItem(pytest.Item):
    """One message with what is expected of its reply."""

    def __init__(self, *, case: Item, folder: Path | None, **rest: Any) -> None:  # noqa: ANN401 - whatever pytest passes
        """Take the case; its tags become marks, `-k` finds it by its intent and by all of its question."""
        super().__init__(**rest)
        self.case = case
        self.folder = folder
        self.surprise = ""
        """What is told where it passes, and is marked as failing."""
        for tag in case.tags:
            self.add_marker(mark_name(tag))
        if case.xfail is not None and self.config.pluginmanager.hasplugin("skipping"):  # it brings the mark
            self.add_marker(pytest.mark.xfail(reason=case.xfail, raises=CaseFailed, strict=_strict(self.config)))
        self.extra_keyword_matches.add(case.ask)
        if case.expect.intent:
            self.extra_keyword_matches.add(case.expect.intent)

    def runtest(self) -> None:
        """Ask, and judge the reply."""
        from dimchat.quality.report.case_report import failure_text  # noqa: PLC0415 - a project without cases imports nothing
        from dimchat.quality.runner import run_item  # noqa: PLC0415

        pack, assistant = opened(self.config, self.folder)
        outcome = run_item(self.case, assistant)
        if outcome.status == "passed":
            return
        text = failure_text(outcome, pack, assistant.explain(self.case.ask, outcome.context))
        if outcome.failures:
            raise CaseFailed(text)
        self.surprise = text

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
    """Return the mark of a tag: `tag.` and the tag, with `_` for what an expression of `-m` cannot hold.

    So no tag is a mark that pytest or a plugin obeys, such as `skip`.
    """
    return TAG + re.sub(r"[^\w.+/-]", "_", tag)


def item_name(item: Item) -> str:
    """Return the line, of which a file has one for each question, and the beginning of the question.

    What pytest reads in the id of a test, `::` and brackets, stands otherwise.
    """
    text = re.sub(r":{2,}", ":", " ".join(item.ask.split())).replace("[", "(").replace("]", ")")
    return f"{item.place.line} {text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}"


def opened(config: pytest.Config, folder: Path | None) -> Opened:
    """Return the pack in a folder with its assistant, opened once in a run; None for the one that dimchat carries.

    Raises:
        PackError: It cannot be loaded.
    """
    known = config.stash.setdefault(_OPENED, {})
    if folder not in known:
        from dimchat.index import open_assistant  # noqa: PLC0415 - a project without cases imports nothing

        assistant = open_assistant(folder)
        known[folder] = assistant.pack, assistant
    return known[folder]


def _strict(config: pytest.Config) -> bool:
    """Return whether a case that is marked as failing must fail: yes, unless `xfail_strict` says no.

    Before pytest 9 a setting that nobody made cannot be told from no.
    """
    chosen = config.getini("xfail_strict")
    return chosen is not False or pytest.version_tuple < (9,)


def _folder(config: pytest.Config, path: Path | None = None) -> Path | None:
    """Return the folder of `dimchat_pack`, else the nearest one above a path with a pack.yaml, else None."""
    named: str = config.getini("dimchat_pack")
    if named:
        return _base(config) / named
    if path is None:
        return None
    place = path.resolve() if ".." in path.parts else path
    return next((folder for folder in (place, *place.parents) if (folder / "pack.yaml").is_file()), None)


def _base(config: pytest.Config) -> Path:
    """Return what paths in the configuration are relative to, as pytest has it."""
    return config.inipath.parent if config.inipath is not None else config.invocation_params.dir


def _real(file: Path) -> Path:
    """Return a file with the links in its folder followed, but not one that it is itself."""
    return file.parent.resolve() / file.name


def _first(config: pytest.Config) -> Path | None:
    """Return the folder of the pack that the fixtures give: that of the first of the cases, or None."""
    places: list[Path] = config.getini("dimchat_cases")
    return _folder(config, *places[:1])


@pytest.fixture(scope="session")
def dimchat_pack(pytestconfig: pytest.Config) -> Pack:
    """Return the pack that `dimchat_pack` or `dimchat_cases` names, else the one that dimchat carries."""
    return opened(pytestconfig, _first(pytestconfig))[0]


@pytest.fixture(scope="session")
def dimchat_assistant(pytestconfig: pytest.Config) -> Assistant:
    """Return the assistant of that pack."""
    return opened(pytestconfig, _first(pytestconfig))[1]
