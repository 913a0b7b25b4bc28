"""JSON that any reader takes, whichever way it splits lines and whatever numbers it knows."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

_SURROGATE = re.compile("[\ud800-\udfff]")
# Line ends to many readers, Python's `splitlines` among them, and what a terminal obeys: JSON itself escapes neither.
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def dumps(value: object, *, indent: int | None = None, default: Callable[[Any], object] | None = None) -> str:
    """Return a value as JSON in UTF-8's characters, on one line unless it is indented.

    A number that JSON has no word for (infinity, not a number) becomes null, and half of a surrogate pair U+FFFD.

    Args:
        value: Plain data.
        indent: By how many blanks a level is indented; None for one line.
        default: What turns other data into plain data.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, default=default)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=False, allow_nan=False, indent=indent, default=default)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", _SURROGATE.sub("\ufffd", text))


def loads(text: str | bytes) -> Any:  # noqa: ANN401 - whatever stands there
    """Return what JSON says.

    Raises:
        ValueError: It is no JSON, or holds a number that is none or too large.
        RecursionError: It nests too deep.
    """
    return json.loads(text, parse_constant=_no_number, parse_float=_float)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits} is too large for a number")
    return number


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(held) for key, held in value.items()}
    return [_finite(held) for held in value] if isinstance(value, list | tuple) else value
