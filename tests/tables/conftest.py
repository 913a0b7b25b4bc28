from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.dialogue import Assistant
from dimchat.index.prebuilt import learn
from dimchat.model import Context

from .states import FILES, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.model import Reply

    Talk = Callable[..., list[Reply]]


@pytest.fixture(scope="session")
def states_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of that pack; no test may change it."""
    return written(tmp_path_factory.mktemp("states"), FILES)


@pytest.fixture(scope="session")
def states(states_folder: Path) -> Assistant:
    """What answers from that pack."""
    return Assistant(*learn(states_folder))


@pytest.fixture
def talk(states: Assistant) -> Talk:
    """Ask messages one after the other, and return the replies."""

    def ask(*messages: str) -> list[Reply]:
        context, replies = Context(), []
        for message in messages:
            reply, context = states.ask(message, context)
            replies.append(reply)
        return replies

    return ask
