"""An assistant is handed to the processes that share the work of `test`, `diff` and `coverage`."""

from __future__ import annotations

import pickle

from dimchat import open_assistant


def test_an_assistant_can_be_handed_to_another_process() -> None:
    assistant = open_assistant()
    other = pickle.loads(pickle.dumps(assistant))  # noqa: S301 - it was written a line ago
    assert other.ask("what is the CRA")[0] == assistant.ask("what is the CRA")[0]
