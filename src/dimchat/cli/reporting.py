"""The options and files of reports, which several commands share."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from dimchat.cli.extras import need
from dimchat.cli.output import say, say_json, use_utf8, writing
from dimchat.files.text import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dimchat.model import Pack
    from dimchat.quality.report import Document
    from dimchat.quality.report.case_report import Result
    from dimchat.quality.report.ci import Note

_FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_STDOUT = Path("-")
_WIDTH = 120
"""How wide a report is where no terminal says."""


class Wanted(NamedTuple):
    """Which reports were asked for; `-` is stdout."""

    as_json: bool = False
    markdown: Path | None = None
    html: Path | None = None
    junit: Path | None = None
    github: bool = False

    @property
    def takes_stdout(self) -> bool:
        """Tell whether one of them goes to stdout, so that nothing else must."""
        return self.as_json or _STDOUT in (self.markdown, self.html, self.junit)

    def need_extras(self) -> None:
        """Make sure of the libraries that these reports need, before anything is asked.

        Raises:
            UsageError: One is not installed.
        """
        if self.html is not None:
            need("jinja2", "matplotlib", extra="report")
        if self.junit is not None:
            need("junitparser")


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--json`, `--markdown FILE` and `--html FILE` to a command."""
    for option in (
        click.option("--html", type=_FILE, metavar="FILE", help="Write the report as one HTML file."),
        click.option("--markdown", type=_FILE, metavar="FILE", help="Write the report as Markdown."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text."),
    ):
        command = option(command)
    return command


def github_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--github` to a command whose findings have a file and a line."""
    return click.option("--github", is_flag=True, help="Print annotations of GitHub Actions as well.")(command)


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of reports, `--junit FILE` and `--github` to a command that runs cases."""
    junit = click.option("--junit", type=_FILE, metavar="FILE", help="Write the outcome as JUnit XML.")
    return github_option(junit(report_options(command)))


def write_reports(document: Document, data: dict[str, Any], wanted: Wanted) -> None:
    """Write the files that were asked for, and print the report unless one of them went to stdout."""
    from dimchat.quality.report.console import to_terminal

    write_files(document, data, wanted)
    if not wanted.takes_stdout:
        terminal = sys.stdout.isatty()
        colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        width = shutil.get_terminal_size().columns if terminal else _WIDTH
        click.echo(to_terminal(document, width=width, colour=colour), nl=False)


def write_files(document: Document, data: dict[str, Any], wanted: Wanted) -> None:
    """Write the Markdown, HTML and JSON that were asked for."""
    if wanted.markdown is not None:
        from dimchat.quality.report.ci import to_markdown

        write_text(wanted.markdown, to_markdown(document))
    if wanted.html is not None:
        from dimchat.quality.report.html_page import to_html

        write_text(wanted.html, to_html(document))
    if wanted.as_json:
        say_json(data, indent=1)


def annotate(notes: Iterable[Note], root: Path, wanted: Wanted) -> None:
    """Print notes for GitHub; they leave stdout alone where it is taken.

    Args:
        notes: What is to be said beside lines.
        root: The folder of the pack.
        wanted: What was asked for.
    """
    from dimchat.quality.report.ci import to_annotations

    use_utf8(sys.stderr if wanted.takes_stdout else sys.stdout)
    for line in to_annotations(notes, root, Path.cwd()):
        say(line, err=wanted.takes_stdout)


def write_run(results: Sequence[Result], pack: Pack, root: Path, wanted: Wanted) -> None:
    """Write what was asked for about a run of cases; annotations leave stdout alone where it is taken."""
    if wanted.github:
        from dimchat.quality.report import case_report as run

        annotate(run.notes(results), root, wanted)
    if wanted.junit is not None:
        from dimchat.quality.report.ci import to_junit

        write_text(wanted.junit, to_junit(results, pack.name))
    if wanted.markdown or wanted.html or wanted.as_json:
        from dimchat.quality.report import case_report as run

        write_files(run.document(results, pack), run.data(results, pack), wanted)


def write_text(path: Path, text: str) -> None:
    """Write a text to a file, whole or not at all, or to stdout where the file is `-`.

    Raises:
        UsageError: It cannot be written.
    """
    from dimchat.files import disk
    from dimchat.wording import measures as wording

    if path == _STDOUT:
        use_utf8(sys.stdout)
        say(text, nl=not text.endswith("\n"))
        return
    with writing(path):
        disk.write(path, harmless(text).encode())
    say(wording.WRITTEN.format(file=path), err=True)
