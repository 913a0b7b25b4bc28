"""Output and input of the commands: text made safe for terminals, files written whole, reports."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import click

from dimchat.errors import UsageError
from dimchat.files.json_text import dumps
from dimchat.files.text import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dimchat.quality.report import Document

_BOM = "\ufeff"
_FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_STDOUT = Path("-")
_WIDTH = 120
"""How wide a report is where no terminal says."""
_MOST_JOBS = 4


def say(text: object = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a text of which no terminal obeys a character, whatever file it came from.

    Args:
        text: What to print.
        err: Whether it is a diagnostic, which goes to stderr.
        nl: Whether a line ends behind it.
    """
    click.echo(harmless(str(text)), err=err, nl=nl)


def warn(text: str) -> None:
    """Print a diagnostic of the program to stderr."""
    say(f"dimchat: {text}", err=True)


def say_json(value: object, *, indent: int | None = None, default: Callable[[Any], object] | None = None) -> None:
    """Print data as JSON in UTF-8, whatever the locale says; the arguments are those of `dumps`."""
    use_utf8(sys.stdout)
    click.echo(dumps(value, indent=indent, default=default))


def use_utf8(stream: TextIO) -> None:
    """Write UTF-8 to a stream whatever the locale says."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8")


def reason(error: OSError) -> str:
    """Return why the system refused, in its words."""
    return (error.strerror or str(error)).lower()


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Turn an OSError into one line that says which file cannot be written.

    Raises:
        UsageError: What was done meanwhile raised an OSError.
    """
    try:
        yield
    except OSError as error:
        from dimchat.wording.measures import CANNOT_WRITE

        raise UsageError(CANNOT_WRITE.format(file=file, why=reason(error))) from error


def read_lines(stream: TextIO) -> Iterator[str]:
    """Yield the lines of an input, past the byte order mark that some editors put before the first.

    Raises:
        UsageError: It cannot be read.
    """
    try:
        for number, line in enumerate(stream):
            yield line if number else line.removeprefix(_BOM)
    except OSError as error:
        name = getattr(stream, "name", "<stdin>")
        raise UsageError(f"{name}: cannot be read: {reason(error)}") from error


class Reports(NamedTuple):
    """The reports that were asked for; `-` is stdout."""

    as_json: bool = False
    markdown: Path | None = None
    html: Path | None = None
    junit: Path | None = None
    github: bool = False

    @property
    def takes_stdout(self) -> bool:
        """Return whether one of them goes to stdout, so that nothing else may."""
        return self.as_json or _STDOUT in (self.markdown, self.html, self.junit)


def report_options(*, github: bool = False, junit: bool = False) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Add the options of reports to a command, which gets them as one argument `reports`.

    The libraries that the reports need are made sure of before the command begins its work.

    Args:
        github: Whether its findings have a file and a line, so that they can be annotations.
        junit: Whether it runs cases, whose outcome can be JUnit XML.
    """
    options = [
        click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text."),
        click.option("--markdown", type=_FILE, metavar="FILE", help="Write the report as Markdown."),
        click.option("--html", type=_FILE, metavar="FILE", help="Write the report as one HTML file."),
    ]
    if junit:
        options.insert(0, click.option("--junit", type=_FILE, metavar="FILE", help="Write the outcome as JUnit XML."))
    if github:
        annotations = click.option("--github", is_flag=True, help="Print annotations of GitHub Actions as well.")
        options.insert(0 if junit else len(options), annotations)

    def add(command: Callable[..., int]) -> Callable[..., int]:
        @wraps(command)
        def with_reports(**given: Any) -> int:  # noqa: ANN401 - whatever the other options are
            reports = Reports(**{name: given.pop(name) for name in Reports._fields if name in given})
            _need_libraries(reports)
            return command(reports=reports, **given)

        for option in reversed(options):
            with_reports = option(with_reports)
        return with_reports

    return add


def _need_libraries(reports: Reports) -> None:
    from dimchat.extras import need

    if reports.html is not None:
        need("jinja2", "matplotlib", extra="report")
    if reports.junit is not None:
        need("junitparser")


def jobs_option(command: Callable[..., int]) -> Callable[..., int]:
    """Add `-j N` to a command that asks thousands of questions; without it, it uses the processors that are there."""
    return click.option(
        "-j",
        "--jobs",
        type=click.IntRange(1),
        default=lambda: min(os.cpu_count() or 1, _MOST_JOBS),
        metavar="N",
        help="Share the work among N processes; default: one for each processor, four at most.",
    )(command)


def write_reports(document: Document, reports: Reports, root: Path | None = None) -> None:
    """Print a report, unless something else goes to stdout, and write the files that were asked for.

    Args:
        document: The report.
        reports: What was asked for.
        root: The folder of the pack, where the report has notes for GitHub on its files.
    """
    if not reports.takes_stdout:
        _print_report(document)
    if reports.github and root is not None:
        from dimchat.quality.report.ci import to_annotations

        use_utf8(sys.stderr if reports.takes_stdout else sys.stdout)
        for line in to_annotations(document, root, Path.cwd()):
            say(line, err=reports.takes_stdout)
    if reports.junit is not None:
        from dimchat.quality.report.ci import to_junit

        write_text(reports.junit, to_junit(document))
    if reports.markdown is not None:
        from dimchat.quality.report.ci import to_markdown

        write_text(reports.markdown, to_markdown(document))
    if reports.html is not None:
        from dimchat.quality.report.html_page import to_html

        write_text(reports.html, to_html(document))
    if reports.as_json:
        say_json(document.data, indent=1)


def _print_report(document: Document) -> None:
    import shutil

    from dimchat.quality.report.console import to_terminal

    use_utf8(sys.stdout)
    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size().columns if terminal else _WIDTH
    click.echo(to_terminal(document, width=width, colour=colour), nl=False)


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
