"""Saving and resuming: off by default, private, whole or not at all, and clear about damage."""

from __future__ import annotations

import json
import os
import stat
import sys
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App

from dimchat.apps.base.session import IDLE, Session
from dimchat.apps.chat import ChatApp, Settings, run_chat
from dimchat.apps.chat.resume import Keeper, SavedError, read_saved, saved_file, to_json
from dimchat.index import open_assistant
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.dialogue import Assistant
    from dimchat.model import Pack

WORDS = catalogue_of("en")

SECRET = "my secret question about a degree"  # noqa: S105


@cache
def opened() -> tuple[Pack, Assistant]:
    assistant = open_assistant()
    return assistant.pack, assistant


@pytest.fixture
def keeper() -> Keeper:
    return Keeper(saved_file())


def told(talk: Any) -> list[str]:
    return [note.message for note in talk.app._notifications]  # noqa: SLF001


WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = frozenset({"os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate", "shutil.copyfile"})
writings: list[tuple[str, Any]] = []
watching: list[bool] = []


def hook(event: str, arguments: tuple[Any, ...]) -> None:
    """Python's own account of what it does to the disk; such a hook stays for as long as the process."""
    if watching and (
        event in CHANGES or (event == "open" and isinstance(arguments[0], str) and arguments[2] & WRITING)
    ):
        writings.append((event, arguments[0]))


@cache
def install_hook() -> None:
    sys.addaudithook(hook)


@contextmanager
def watched_disk() -> Iterator[list[tuple[str, Any]]]:
    """Record everything that is opened to be written, or made, or moved; Python keeps what it compiles to itself."""
    writings.clear()
    install_hook()
    compiled, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    watching.append(True)
    try:
        yield writings
    finally:
        watching.clear()
        sys.dont_write_bytecode = compiled


def test_the_watch_on_the_disk_sees_a_file(tmp_path: Path) -> None:
    with watched_disk() as seen:
        (tmp_path / "x").write_text("x")
        (tmp_path / "y").mkdir()
    assert [event for event, _ in seen] == ["open", "os.mkdir"]


async def test_nothing_is_written_unless_saving_was_switched_on(
    chat: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    home = Path(os.environ["HOME"])
    with watched_disk() as writings:
        async with chat() as talk:
            for text in (SECRET, "renew", "2", "/topics", "/why"):
                await talk.say(text)
            await talk.press("escape", "ctrl+q")
            await talk.app.workers.wait_for_complete()
    assert writings == []
    assert [*home.rglob("*"), *tmp_path.rglob("*")] == []  # noqa: ASYNC240 - a local folder


def test_the_chat_writes_nothing_by_its_settings_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(ChatApp, "run", lambda app: seen.append(app.keeper))
    for each in (None, Settings()):
        run_chat(lambda: pytest.fail("never opened"), each)
    assert seen == [None, None]


async def test_a_conversation_goes_on_where_it_was_left(chat: Any, assistant: Any, keeper: Keeper) -> None:
    async with chat(keeper=keeper) as talk:
        await talk.say("what degree do i need")
        await talk.say("renew")
        await talk.app.workers.wait_for_complete()
    async with chat(keeper=Keeper(keeper.path), resume=True) as talk:
        assert talk.questions == ["what degree do i need", "renew"]
        assert "A bachelor's degree" in talk.shown
        assert talk.rows[1] == ("2", "How do I renew the CRA?")
        assert told(talk) == [WORDS("chat.resumed", count=2)]
        await talk.say("2")
        assert assistant.asked[-1][1].options == ("arrt.renewal", "cra.renewal")
        assert "About cra.renewal." in talk.answers[-1]
        await talk.app.workers.wait_for_complete()
    assert len(json.loads(keeper.path.read_text(encoding="utf-8"))["turns"]) == 3


async def test_a_long_conversation_comes_back_whole(chat: Any, keeper: Keeper) -> None:
    async with chat(keeper=keeper) as talk:
        for number in range(30):
            talk.screen.session.say(f"degree {number:02}")
    keeper.write()
    async with chat(keeper=Keeper(keeper.path), resume=True) as talk:
        assert "degree 29" in talk.shown
        seen = ""
        for _ in range(45):
            seen += talk.shown
            await talk.press("pageup")
        assert [number for number in range(30) if f"degree {number:02}" not in seen] == []


async def test_only_its_owner_can_read_it(chat: Any, keeper: Keeper) -> None:
    async with chat(keeper=keeper) as talk:
        await talk.say(SECRET)
        await talk.app.workers.wait_for_complete()
    assert stat.S_IMODE(keeper.path.stat().st_mode) == 0o600
    assert [file.name for file in keeper.path.parent.iterdir()] == [keeper.path.name]


async def test_clear_takes_it_from_the_disk_too(chat: Any, keeper: Keeper) -> None:
    async with chat(keeper=keeper) as talk:
        await talk.say(SECRET)
        await talk.app.workers.wait_for_complete()
        assert keeper.path.exists()
        await talk.say("/clear")
        await talk.app.workers.wait_for_complete()
    assert not keeper.path.exists()


async def test_replies_are_never_on_disk(chat: Any, keeper: Keeper) -> None:
    async with chat(keeper=keeper) as talk:
        await talk.say("what degree do i need")
        await talk.app.workers.wait_for_complete()
    assert "bachelor" not in keeper.path.read_text(encoding="utf-8")


async def test_a_disk_that_is_full_is_told_and_the_chat_goes_on(
    chat: Any, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    async with chat(keeper=keeper) as talk:
        await talk.say("what degree")
        await talk.app.workers.wait_for_complete()
        before = keeper.path.read_bytes()
        monkeypatch.setattr(Path, "replace", full)
        await talk.say("renew")
        await talk.app.workers.wait_for_complete()
        await talk.settle()
        assert "No space left on device" in told(talk)[-1]
        assert len(talk.answers) == 2
    assert keeper.path.read_bytes() == before
    assert [file.name for file in keeper.path.parent.iterdir()] == [keeper.path.name]


def saved(pack: Any, assistant: Any, *said: str) -> str:
    session = Session(pack, assistant, lambda: 0.0)
    for text in said:
        session.say(text)
    return to_json(session)


DAMAGES = {
    "empty": lambda _: b"",
    "cut": lambda whole: whole[:-20],
    "foreign": lambda _: b'{"schema": "x"}',
    "list": lambda _: b"[]",
    "bytes": lambda _: b"\xff\xfe\x00",
    "deep": lambda _: b"[" * 100_000,
    "number": lambda whole: whole.replace(b'"renew"', b"1", 1),
    "unknown": lambda whole: whole.replace(b'"turn"', b'"trun"'),
    "negative": lambda whole: whole.replace(b'"turn": 0', b'"turn": -1'),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
async def test_a_damaged_file_is_a_clear_error_and_stays(
    pack: Any, assistant: Any, keeper: Keeper, damage: Any
) -> None:
    keeper.path.parent.mkdir(parents=True)
    data = damage(saved(pack, assistant, "renew").encode())
    keeper.path.write_bytes(data)
    app = ChatApp(lambda: (pack, assistant), keeper=keeper, resume=True)
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
    assert app.return_code == 2
    assert str(app.failure) == WORDS("chat.saved_damaged", file=keeper.path)
    assert keeper.path.read_bytes() == data


def test_another_packs_conversation_is_named(pack: Any, assistant: Any, keeper: Keeper) -> None:
    keeper.path.parent.mkdir(parents=True)
    keeper.path.write_text(saved(pack, assistant, "renew").replace('"small"', '"other"'), encoding="utf-8")
    with pytest.raises(SavedError, match=r"with the pack other, not with small"):
        read_saved(keeper.path, pack)


def test_changed_answers_are_told_and_what_is_gone_is_left_out(pack: Any, assistant: Any, keeper: Keeper) -> None:
    keeper.path.parent.mkdir(parents=True)
    text = saved(pack, assistant, "renew", "2").replace('"d"', '"e"').replace("arrt.renewal", "gone.away")
    keeper.path.write_text(text, encoding="utf-8")
    read = read_saved(keeper.path, pack)
    assert read.digest != pack.digest
    assert read.turns[1].context.options == ("cra.renewal",)


@pytest.mark.parametrize(("seconds", "options"), [(IDLE - 9, 2), (IDLE + 9, 0)])
def test_a_long_silence_counts_on_disk_too(
    pack: Any, assistant: Any, keeper: Keeper, seconds: int, options: int
) -> None:
    keeper.path.parent.mkdir(parents=True)
    keeper.path.write_text(saved(pack, assistant, "renew"), encoding="utf-8")
    written = keeper.path.stat().st_mtime
    session = Session(pack, assistant, lambda: 0.0)
    session.restore(read_saved(keeper.path, pack, lambda: written + seconds))
    session.say("x")
    assert len(assistant.asked[-1][1].options) == options


@pytest.mark.parametrize("settings", [None, Settings()])
def test_resume_says_that_saving_is_off(settings: Settings | None) -> None:
    with pytest.raises(SavedError, match="save_conversations = true"):
        run_chat(lambda: pytest.fail("never opened"), settings, resume=True)


def test_resume_says_that_nothing_was_saved_yet(pack: Any) -> None:
    with pytest.raises(SavedError, match="no saved conversation yet"):
        read_saved(saved_file(), pack)


def test_what_is_left_is_written_when_the_chat_ends(monkeypatch: pytest.MonkeyPatch, pack: Any, assistant: Any) -> None:
    def run(app: Any) -> None:
        session = Session(pack, assistant, lambda: 0.0)
        session.say(SECRET)
        app.keeper.take(session)

    monkeypatch.setattr(App, "run", run)
    run_chat(lambda: (pack, assistant), Settings(save_conversations=True))
    assert SECRET in saved_file().read_text(encoding="utf-8")


def test_the_real_assistant_says_the_same_again(keeper: Keeper) -> None:
    pack, assistant = opened()
    first = Session(pack, assistant, lambda: 0.0)
    for text in ("what is the CRA", "how do i renew it", "manager", "1", "0", "weather"):
        first.say(text)
    first.pick("manager.education", "What degree do I need?")
    keeper.take(first)
    keeper.write()
    second = Session(pack, assistant, lambda: 0.0)
    second.restore(read_saved(keeper.path, pack))
    assert second.turns == first.turns
    assert second.context == first.context


@settings(deadline=None)  # the first example opens the pack
@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda data: data.decode("utf-8", "replace")))
def test_any_bytes_are_a_conversation_or_a_clear_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    pack, _ = opened()
    file = tmp_path_factory.mktemp("saved") / "conversation.json"
    file.write_bytes(text.encode("utf-8", "replace"))
    with suppress(SavedError):
        pytest.fail(f"read as {read_saved(file, pack)}")
