"""Reading intents/calibration.json, which `dimchat tune` writes."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, NoReturn

from dimchat.files.text import decode, suggest
from dimchat.model import Calibration, Place

if TYPE_CHECKING:
    from dimchat.pack.rules import Report

_KEYS = ("digest", "floor", "margin", "weights", "found", "followups", "thresholds", "meaning")


def read_calibration(data: bytes, report: Report, name: str) -> Calibration | None:
    """Return the calibration that the bytes of a file hold, or None when they are damaged, which is reported.

    Args:
        data: The bytes.
        report: Where to say what is wrong.
        name: The file, as the pack calls it.
    """
    try:
        text = decode(data)
        found = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        _damaged(report, Place(name, error.lineno, error.colno), f"not valid JSON: {error.msg.lower()}")
        return None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        _damaged(report, Place(name, line), f"byte 0x{error.object[error.start]:02x} is not UTF-8")
        return None
    except (ValueError, RecursionError) as error:
        detail = "nests too deep" if isinstance(error, RecursionError) else str(error)
        _damaged(report, Place(name), f"not valid JSON: {detail}")
        return None
    if not isinstance(found, dict):
        _damaged(report, Place(name), "an object belongs here, in braces")
        return None
    return _Reading(found, text, name, report).calibration()


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _damaged(report: Report, place: Place, message: str, hint: str | None = None) -> None:
    report.add("calibration-damaged", place, message, hint)


class _Reading:
    """One calibration that is being read; faults are collected, so that one run tells them all."""

    def __init__(self, found: dict[str, object], text: str, name: str, report: Report) -> None:
        self._found = found
        self._text = text
        self._name = name
        self._report = report
        self._whole = True

    def calibration(self) -> Calibration | None:
        """Return it, or None after a fault."""
        for key in self._found:
            if key not in _KEYS:
                self._fault(key, f"unknown key {key[:40]!r}", suggest(key, set(_KEYS) - set(self._found)))
        floor = self._share("floor")
        margin = self._share("margin")
        digest = self._found.get("digest")
        if not isinstance(digest, str):
            self._fault("digest", "'digest' must be a text")
            digest = ""
        weights = self._weights()
        notes = self._notes()
        named = [self._named(key) for key in ("followups", "thresholds", "meaning")]
        if not self._whole:
            return None
        return Calibration(floor, margin, weights, digest, notes, *named)

    def _share(self, key: str) -> float:
        value = _number(self._found.get(key))
        if value is None or not 0 <= value <= 1:
            self._fault(key, f"{key!r} must be a number from 0 to 1")
            return 0.0
        return value

    def _weights(self) -> tuple[float, ...]:
        given = self._found.get("weights", [])
        numbers = [_number(value) for value in given] if isinstance(given, list) else [None]
        if any(number is None for number in numbers):
            self._fault("weights", "'weights' must be a list of numbers")
        return tuple(number for number in numbers if number is not None)

    def _notes(self) -> tuple[tuple[str, str], ...]:
        given = self._found.get("found", {})
        if not isinstance(given, dict):
            self._fault("found", "'found' must be an object")
            return ()
        return tuple(
            (str(name), value if isinstance(value, str) else json.dumps(value)) for name, value in given.items()
        )

    def _named(self, key: str) -> tuple[tuple[str, float], ...]:
        given = self._found.get(key, {})
        pairs = [(name, _number(value)) for name, value in given.items()] if isinstance(given, dict) else [("", None)]
        if any(number is None for _, number in pairs):
            self._fault(key, f"{key!r} must be an object of numbers")
        return tuple((name, number) for name, number in pairs if number is not None)

    def _fault(self, key: str, message: str, hint: str | None = None) -> None:
        self._whole = False
        at = max(self._text.find(json.dumps(key)), 0)
        line = self._text.count("\n", 0, at) + 1
        column = at - (self._text.rfind("\n", 0, at) + 1) + 1
        _damaged(self._report, Place(self._name, line, column), message, hint)


def _number(value: object) -> float | None:
    """Return a JSON number as a finite float, or None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
