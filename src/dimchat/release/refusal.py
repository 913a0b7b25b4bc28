"""Why a stand does not take what is offered: a kind that may be counted, and a sentence for the operator."""

from __future__ import annotations

from typing import Literal, get_args

from dimchat.errors import DimchatError

Kind = Literal[
    "unreachable", "signature", "expired", "clock", "older", "unfit", "manifest", "too-large", "file", "pack", "disk"
]
KINDS: tuple[Kind, ...] = get_args(Kind)


class RefusedError(DimchatError):
    """What is offered is not taken; visitors keep what they have."""

    def __init__(self, kind: Kind, text: str) -> None:
        """Take the kind, which names no stand, no file and no word, and what the operator is told."""
        self.kind: Kind = kind
        super().__init__(text)
