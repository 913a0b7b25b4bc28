"""The operator's settings of the stand, as a value that the parent passes to each visitor's process."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from math import isfinite
from typing import Literal, get_args

from dimchat.errors import UsageError
from dimchat.journal import Switch

Layout = Literal["comfortable", "large"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)

LEAST_IDLE = 10.0
LEAST_WARNING = 20.0
"""Seconds that WCAG 2.2.1 asks for at least."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the stand behaves."""

    pack: str | None = None
    """The folder of the pack; None for the bundled one."""
    idle: float = 60.0
    """Seconds of silence before the warning."""
    warning: float = LEAST_WARNING
    """Seconds that the warning stands before everything is erased."""
    layout: Layout = "comfortable"
    theme: str = "dimchat-dark"
    motion: bool = False
    """Whether the attract screen may change by itself."""
    pin_file: str | None = None
    """Where the PIN is kept; None for the usual place."""
    stand: str | None = None
    """What it is called in a fleet; None for a stand alone, which leaves no sign of life."""
    journal: Switch = field(default_factory=Switch)
    """Whether a journal is kept, and where; each visitor's process writes it, the parent never does."""

    def __post_init__(self) -> None:
        """Refuse what would leave a visitor without time, or a stand that is never erased.

        Raises:
            UsageError: A time is too short, or has no end.
        """
        for name, seconds in (("idle", self.idle), ("warning", self.warning)):
            if not isfinite(seconds):
                raise UsageError(f"--{name} {seconds:g} never comes; give seconds, such as {LEAST_WARNING:g}")
        if self.idle < LEAST_IDLE:
            raise UsageError(f"--idle {self.idle:g} leaves no time to read; the least is {LEAST_IDLE:g} seconds")
        if self.warning < LEAST_WARNING:
            raise UsageError(
                f"--warning {self.warning:g} is too short; WCAG asks for {LEAST_WARNING:g} seconds or more"
            )

    def to_json(self) -> str:
        """Return the settings for `from_json`."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Settings:
        """Return the settings that `to_json` wrote."""
        values = json.loads(text)
        return cls(**{**values, "journal": Switch.from_values(values["journal"])})
