"""The libraries that only reports need: an extra of the package."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from dimchat.errors import UsageError
from dimchat.wording.measures import NEEDS_EXTRA

if TYPE_CHECKING:
    from types import ModuleType


def need(module: str) -> ModuleType:
    """Import and return a module of the extra `report`.

    Raises:
        UsageError: It is not installed; the message says how to install it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != module.partition(".")[0]:
            raise
        raise UsageError(NEEDS_EXTRA.format(module=module.partition(".")[0], extra="report")) from error
