"""Copy, export and save-test: what leaves the chat, and how it says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.apps.base.session import Turn
from dimchat.apps.chat import desktop, export
from dimchat.apps.chat.dialogs import LeaveScreen, PaletteScreen
from dimchat.files.text import without_invisible
from dimchat.files.yaml import ListNode, MapNode
from dimchat.index import open_assistant
from dimchat.model import Context, Reply
from dimchat.pack.folder import read_node
from dimchat.pack.rules import Report
from dimchat.quality.cases import load_items
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from pathlib import Path

WORDS = catalogue_of("en")


async def test_copy_text_leaves_sources_and_their_numbers_out(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("/copy text")
        assert "healthcare administration" in talk.app.clipboard
        assert "[1]" not in talk.app.clipboard
        assert "https://" not in talk.app.clipboard


@pytest.mark.parametrize(
    ("system", "remote", "told"),
    [
        (True, False, WORDS("chat.copied")),
        (False, False, WORDS("chat.copied_terminal")),
        (True, True, WORDS("chat.copied_remote")),
    ],
)
async def test_it_says_which_clipboard_was_used(
    chat: Any, monkeypatch: pytest.MonkeyPatch, *, system: bool, remote: bool, told: str
) -> None:
    taken: list[str] = []

    def take(text: str) -> bool:
        taken.append(text)
        return system

    monkeypatch.setattr("dimchat.apps.chat.app.copy_to_system", take)
    if remote:
        monkeypatch.setenv("SSH_CONNECTION", "1")
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("/copy")
        await talk.app.workers.wait_for_complete()
        await talk.settle()
        assert [note.message for note in talk.app._notifications] == [told]  # noqa: SLF001
        assert len(taken) == (not remote)


def test_without_a_clipboard_the_system_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Any:
        raise ImportError

    monkeypatch.setattr("importlib.import_module", missing)
    assert not desktop.copy_to_system("x")


@pytest.mark.parametrize("ending", ["md", "txt", "json"])
async def test_an_export_holds_words_sources_and_the_packs_digest(chat: Any, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"our talk.{ending}"
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("1")
        await talk.say(f"/export {file}")
    text = file.read_text(encoding="utf-8")
    for part in ("what degree do i need", "healthcare administration", "https://example.org/bls", "2026-11-24"):
        assert part in text
    assert "What experience do I need?" in text
    if ending == "json":
        data = json.loads(text)
        assert (data["schema"], data["pack"]["digest"]) == (export.SCHEMA, "d")
        assert [turn["reply"]["schema"] for turn in data["turns"]] == ["dimchat.reply/1"] * 2
    else:
        assert "digest d." in text


async def test_an_export_never_overwrites_without_being_told(chat: Any, tmp_path: Path) -> None:
    file = tmp_path / "talk.md"
    file.write_text("mine")
    async with chat((200, 60)) as talk:
        await talk.say("what degree do i need")
        await talk.say(f"/export {file}")
        assert file.read_text() == "mine"
        assert [note.message for note in talk.app._notifications] == [WORDS("chat.export_exists", file=file)]  # noqa: SLF001
        await talk.say(f"/export {file} overwrite")
        assert "what degree" in file.read_text()


@pytest.mark.parametrize(
    "command", ["/export", "/export x.pdf", "/export /nowhere/x.md", "/save-test", "/save-test x.md"]
)
async def test_a_file_that_cannot_be_written_is_told_and_the_chat_goes_on(
    chat: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say(command)
        assert len(talk.app._notifications) == 1  # noqa: SLF001
    assert not any(tmp_path.rglob("*"))  # noqa: ASYNC240 - a local folder


async def test_a_saved_case_is_read_and_passes(chat: Any, tmp_path: Path) -> None:
    assistant = open_assistant()
    pack = assistant.pack
    file = tmp_path / "talk.yaml"
    file.write_bytes(b"# mine\n- kind: decline\n  ask:\n    - what is the weather")
    async with chat(opener=lambda: (pack, assistant)) as talk:
        await talk.say("what degree do I need")
        await talk.say("1")
        await talk.say("manager")
        await talk.say("how do I bake: a cake #1")
        await talk.say(f"/save-test {file}")
        kinds = [turn.reply.kind for turn in talk.screen.session.turns]
    assert file.read_bytes().startswith(b"# mine\n- kind: decline\n  ask:\n    - what is the weather\n- turns:\n")
    items = load_items([file], tmp_path, pack)
    assert len(items) == 5
    context = Context()
    for item, kind in zip(items[1:], kinds, strict=True):
        reply, context = assistant.ask(item.ask, context)
        assert reply.kind == kind
        assert item.expect.intent in {None, *reply.intents}


@pytest.mark.parametrize("there", [b"{}", b"a: b\n", b"[]\n", b"- ask: x\n...\n"])
def test_a_file_of_something_else_is_left_alone(tmp_path: Path, there: bytes) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(there)
    with pytest.raises(export.NotKeptError):
        export.save_case(file, [Turn("a", "a", Context(), Reply("a", "decline"))], WORDS)
    assert file.read_bytes() == there


def test_line_ends_stay_of_one_kind(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"- kind: decline\r\n  ask:\r\n    - x\r\n")
    export.save_case(file, [Turn("a", "a", Context(), Reply("a", "decline"))], WORDS)
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") == 6


@given(st.text(max_size=40).map("a{}b".format))
def test_any_words_are_read_back_from_a_case(tmp_path_factory: pytest.TempPathFactory, said: str) -> None:
    file = tmp_path_factory.mktemp("case") / "x.yaml"
    export.save_case(file, [Turn(said, said, Context(), Reply(said, "decline"))], WORDS)
    report = Report()
    node = read_node(file, "x.yaml", report)
    assert isinstance(node, ListNode)
    (case,) = node.items
    assert isinstance(case, MapNode)
    assert [turn.string("ask") for turn in case.maps("turns")] == [
        without_invisible(said, "\ufffd").replace("\t", "\ufffd")
    ]
    assert not report.errors


async def test_again_asks_the_same_in_the_same_context(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        await talk.say("renew")
        await talk.say("2")
        await talk.say("/again")
        assert assistant.asked[-1] == assistant.asked[-2]
        assert talk.questions[-1] == "How do I renew the CRA?"


async def test_the_palette_finds_a_command_and_does_it(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.press("ctrl+p")
        assert isinstance(talk.app.screen, PaletteScreen)
        assert "Screenshot" not in talk.shown
        await talk.press(*"high", "enter")
        assert talk.app.theme == "dimchat-light"
        assert talk.app.screen is talk.screen


async def test_the_palette_lets_a_file_be_named(chat: Any) -> None:
    async with chat() as talk:
        await talk.press("ctrl+p", *"export", "enter")
        assert talk.screen.prompt.value == "/export "
        assert talk.screen.prompt.has_focus


async def test_the_palette_asks_before_it_leaves(chat: Any) -> None:
    async with chat() as talk:
        await talk.press("ctrl+p", "up", "enter")
        assert isinstance(talk.app.screen, LeaveScreen)


async def test_the_palette_goes_with_escape_and_bears_nothing_found(chat: Any) -> None:
    async with chat() as talk:
        await talk.press("ctrl+p", *"xyz", "enter")
        assert WORDS("chat.palette_none") in talk.shown
        await talk.press("escape")
        assert talk.screen.prompt.has_focus
