"""Packs: finding one, reading its YAML, checking it, and describing its files.

Importing this module reads no YAML library: a start that finds its index by its fingerprint alone
should not pay for one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from dimchat.pack.folder import CALIBRATION, find_pack, fingerprint
from dimchat.pack.rules import RULES, Rule

if TYPE_CHECKING:
    from dimchat.pack.formats import schemas
    from dimchat.pack.load import inspect_pack, load_pack

_LATER = {"inspect_pack": "load", "load_pack": "load", "schemas": "formats"}

__all__ = [
    "CALIBRATION",
    "RULES",
    "Rule",
    "find_pack",
    "fingerprint",
    "inspect_pack",
    "load_pack",
    "schemas",
]


def __getattr__(name: str) -> object:
    """Import what needs YAML when it is first asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"dimchat.pack.{_LATER[name]}"), name)
