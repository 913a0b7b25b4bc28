"""Putting proposals into a pack's vocabulary: what a curator wrote there stays as it is, comments too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.files.yaml.edit import Edited

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.quality.suggest.proposals import Proposal

VOCABULARY = "intents/vocabulary.yaml"


def accepted(data: bytes, proposals: Iterable[Proposal]) -> bytes:
    """Return a vocabulary with proposals in it.

    Args:
        data: The file's bytes.
        proposals: What to put in: names and cues at the end of their lists, kinds and titles in the place of others.

    Raises:
        UsageError: It cannot be read, or is not written line by line.
    """
    file = Edited(data, VOCABULARY)
    for one in proposals:
        if one.sort == "title":
            file.set(one.of, {"title": one.text}, within=("aspects",))
        elif one.sort == "kind":
            file.set(one.of, {"kind": one.text}, within=("topics",))
        elif one.sort == "name":
            file.append(("topics", one.of, "names"), [one.text])
        else:
            file.append(("aspects", one.of, "cues"), [one.text])
    return file.data
