"""Starts the chat in a terminal and ends with an exit status."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dimchat.apps.chat.app import CRASHED, ChatApp, make_chat
from dimchat.apps.chat.settings import settings_file
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.apps.chat.app import OpenAssistant, OpenRecorder
    from dimchat.apps.chat.settings import Settings

SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name))


def run_chat(
    open_assistant: OpenAssistant,
    settings: Settings | None = None,
    *,
    resume: bool = False,
    open_recorder: OpenRecorder | None = None,
) -> int:
    """Hold a conversation on the screen and return the exit status: 0, 1 after a crash, 128+n after signal n.

    Args:
        open_assistant: Returns the pack and what answers from it.
        settings: How the person wants the chat; None reads no file.
        resume: Whether to go on with the last conversation, where the settings let it be saved.
        open_recorder: Returns what takes note of the replies, from the pack; None keeps no journal.

    Raises:
        SavedError: there is no conversation to resume, or it cannot be written.
        DimchatError: the pack cannot be opened; the terminal is as it was before.
    """
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]  # set but empty means colour; Textual takes it for a no
    keeper = None
    if resume or (settings is not None and settings.save_conversations):
        from dimchat.apps.chat.resume import Keeper, SavedError, saved_file  # noqa: PLC0415 - for those who save

        if settings is None or not settings.save_conversations:
            raise SavedError(words.SAVED_OFF.format(file=settings_file()))
        keeper = Keeper(saved_file())
    app = make_chat(open_assistant, settings=settings, keeper=keeper, resume=resume, open_recorder=open_recorder)
    with ending_on_signals(app):
        app.run()
    if keeper is not None:
        keeper.write()
    if app.failure is not None:
        raise app.failure
    return CRASHED if app.return_code is None else app.return_code


@contextmanager
def ending_on_signals(app: ChatApp) -> Iterator[None]:
    """Let signals end the app in good order, which gives the terminal back as it was."""

    def end(number: int, _: object) -> None:
        app.leave_with(128 + number)

    before = {number: signal.signal(number, end) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
