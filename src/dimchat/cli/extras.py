"""Libraries that not everybody needs: which extra of the package brings them, said before any work is done."""

from __future__ import annotations

from importlib.util import find_spec

from dimchat.errors import UsageError
from dimchat.wording.measures import NEEDS_EXTRA

EXTRAS = {
    "aiohttp": "web",
    "aiohttp_jinja2": "web",
    "jinja2": "report",
    "junitparser": "report",
    "matplotlib": "report",
    "sqlalchemy": "journal",
    "textual_plotext": "journal",
    "textual_serve": "web",
}
"""The extra that brings each library; of several, the one whose commands ask for no other."""


def need(*modules: str, extra: str | None = None) -> None:
    """Make sure of libraries before anything is read, asked or shown.

    Args:
        modules: Their names, as they are imported.
        extra: What brings them; without it, what `EXTRAS` says.

    Raises:
        UsageError: One is not installed; the message holds the command that installs it.
    """
    for module in modules:
        if find_spec(module) is None:
            raise UsageError(NEEDS_EXTRA.format(module=module, extra=extra or EXTRAS[module]))
