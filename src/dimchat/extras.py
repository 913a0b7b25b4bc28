"""Libraries that not everybody needs: which extra of the package brings them, said before any work is done."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from dimchat.errors import DimchatError, UsageError
from dimchat.wording.measures import NEEDS_EXTRA

if TYPE_CHECKING:
    from types import ModuleType

EXTRAS = {
    "aiohttp": "web",
    "alembic": "journal",
    "aiohttp_jinja2": "web",
    "bs4": "exchange",
    "cryptography": "fleet",
    "defusedxml": "exchange",
    "jinja2": "report",
    "junitparser": "report",
    "markdownify": "exchange",
    "matplotlib": "report",
    "num2words": "web",
    "openpyxl": "exchange",
    "prometheus_client": "fleet",
    "psycopg": "fleet",
    "sqlalchemy": "journal",
    "syllapy": "edit",
    "textual_plotext": "journal",
    "textual_serve": "web",
}
"""The extra that brings each library; of several, the one whose commands ask for no other; reports bring the rest."""


def missing(module: str, extra: str | None = None) -> str:
    """Return what a person is told where a library is not installed, with the command that installs it.

    >>> missing("junitparser")
    "this needs junitparser, which is not installed: pip install 'dimchat[report]'"
    """
    return NEEDS_EXTRA.format(module=module, extra=extra or EXTRAS.get(module, "report"))


def need(
    *modules: str, extra: str | None = None, error: type[DimchatError] = UsageError, message: str | None = None
) -> None:
    """Make sure of libraries before anything is read, asked or shown.

    Args:
        modules: Their names, as they are imported.
        extra: What brings them; without it, what `EXTRAS` says.
        error: What is raised where one is not installed.
        message: What it says, in place of `missing`.
    """
    for module in modules:
        if find_spec(module) is None:
            raise error(message or missing(module, extra))


def load(module: str) -> ModuleType:
    """Import and return a module of an extra, such as `matplotlib.figure`.

    Raises:
        UsageError: Its library is not installed; the message holds the command that installs it.
    """
    library = module.partition(".")[0]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != library:
            raise
        raise UsageError(missing(library)) from error
