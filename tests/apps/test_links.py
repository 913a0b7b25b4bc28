"""Sources beside or over the conversation; an address is shown before anything is done with it."""

from __future__ import annotations

import subprocess
import webbrowser
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.apps.base.prompt import Prompt
from dimchat.apps.chat import Settings
from dimchat.apps.chat.desktop import can_open, open_address
from dimchat.apps.chat.dialogs import LinkScreen
from dimchat.apps.chat.frame import SourcePanel
from dimchat.apps.chat.pages import SourcesScreen
from dimchat.model import Reply
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = catalogue_of("en")

GUIDE = "https://example.org/guide"
BLS = "https://example.org/bls"
WIDE = (120, 40)


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A browser that only remembers."""
    taken: list[str] = []

    def take(address: str) -> bool:
        taken.append(address)
        return True

    monkeypatch.setattr("dimchat.apps.chat.desktop.open_address", take)
    monkeypatch.setattr("dimchat.apps.chat.desktop.can_open", lambda _: True)
    return taken


def told(talk: Any) -> list[str]:
    return [note.message for note in talk.app._notifications]  # noqa: SLF001


def panel(talk: Any) -> Any:
    return talk.screen.query_one(SourcePanel)


async def click_text(talk: Any, text: str) -> None:
    """Click where a text begins on the screen."""
    rows = talk.shown.splitlines()
    row = next(index for index, line in enumerate(rows) if text in line)
    assert await talk.pilot.click(offset=(rows[row].index(text) + 1, row))
    await talk.settle()


async def test_an_address_is_shown_before_a_browser_opens(chat: Any, size: tuple[int, int], opened: list[str]) -> None:
    async with chat(size) as talk:
        await talk.say("what degree do i need")
        await talk.say("/open 2")
        assert isinstance(talk.app.screen, LinkScreen)
        assert BLS in talk.shown
        assert opened == []
        await talk.press("o")
        await talk.app.workers.wait_for_complete()
        await talk.settle()
        assert opened == [BLS]
        assert told(talk) == [WORDS("chat.link_opened")]
        assert isinstance(talk.app.focused, Prompt)


async def test_an_address_can_be_copied_instead(chat: Any, opened: list[str]) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("/open")
        await talk.press("c")
        assert talk.app.clipboard == GUIDE
        await talk.say("/open 1")
        await talk.press("escape")
        assert talk.app.screen is talk.screen
        assert opened == []


async def test_without_a_browser_only_the_copy_is_offered(
    chat: Any, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dimchat.apps.chat.desktop.can_open", lambda _: False)
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("/open")
        assert WORDS("chat.key.open") not in talk.shown
        await talk.press("o", "enter")
        assert isinstance(talk.app.screen, LinkScreen)
        assert opened == []


async def test_a_number_or_a_click_among_the_sources_leads_to_the_address(chat: Any, opened: list[str]) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("/sources")
        await talk.press("2")
        assert isinstance(talk.app.screen, LinkScreen)
        assert talk.app.screen.address == BLS
        await talk.press("escape")
        await click_text(talk, GUIDE)
        assert talk.app.screen.address == GUIDE
        await talk.press("escape", "9")
        assert isinstance(talk.app.screen, SourcesScreen)
        await click_text(talk, WORDS("chat.source_copy"))
        assert talk.app.clipboard == GUIDE
        assert opened == []


async def test_a_link_in_an_answer_is_shown_first_too(chat: Any, assistant: Any, opened: list[str]) -> None:
    hostile = "https://example.org/a'b%22)+('"
    text = f"Look [over there](<{hostile}>)."
    assistant.ask = lambda question, context: (Reply(question, "decline", text=text), context)
    async with chat() as talk:
        await talk.say("x")
        await click_text(talk, "over there")
        assert isinstance(talk.app.screen, LinkScreen)
        assert opened == []
        await talk.press("o")
        await talk.app.workers.wait_for_complete()
        assert len(opened) == 1
        assert opened[0].startswith("https://example.org/a'b")


@pytest.mark.parametrize("command", ["/sources 7", "/open 7", "/sources x", "/open x"])
async def test_a_number_that_no_source_has_is_told(chat: Any, command: str) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say(command)
        assert talk.app.screen is talk.screen
        assert told(talk) == [WORDS("chat.sources_number", number=command.split()[1])]


async def test_one_source_can_be_asked_for(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("/sources 2")
        assert BLS in talk.shown
        assert GUIDE not in talk.shown


async def test_sources_stand_beside_the_conversation_where_there_is_room(chat: Any) -> None:
    async with chat(WIDE) as talk:
        await talk.say("what degree do i need")
        await talk.say("/sources")
        assert talk.app.screen is talk.screen
        assert isinstance(talk.app.focused, Prompt)
        rows = talk.shown.splitlines()
        assert any("A bachelor's degree" in row for row in rows)
        assert any(BLS in row for row in rows)
        assert panel(talk).region.right <= WIDE[0]
        assert "esc close sources" in talk.shown
        await talk.press("escape")
        assert not panel(talk).display
        assert "esc close sources" not in talk.shown


async def test_the_panel_follows_the_answers(chat: Any) -> None:
    async with chat(WIDE) as talk:
        await talk.say("what degree do i need")
        await talk.say("/sources")
        await talk.say("1")
        assert GUIDE in talk.shown
        assert BLS not in talk.shown
        await talk.say("cake")
        assert GUIDE in talk.shown
        await talk.say("/clear")
        assert not panel(talk).display


async def test_addresses_in_the_panel_can_be_clicked(chat: Any, opened: list[str]) -> None:
    async with chat(WIDE) as talk:
        await talk.say("what degree do i need")
        await talk.say("/sources 2")
        await click_text(talk, BLS)
        assert talk.app.screen.address == BLS
        await talk.press("escape")
        await click_text(talk, WORDS("chat.source_copy"))
        assert talk.app.clipboard == BLS
        await click_text(talk, f"esc {WORDS('chat.page_close')}")
        await click_text(talk, WORDS("chat.page_close"))
        assert not panel(talk).display
        assert opened == []


async def test_the_panel_goes_where_there_is_no_room_and_comes_back(chat: Any) -> None:
    async with chat(WIDE) as talk:
        await talk.say("what degree do i need")
        await talk.say("/sources")
        for width, there in ((80, False), (101, True), (100, False), (200, True)):
            await talk.pilot.resize_terminal(width, 30)
            await talk.settle()
            assert panel(talk).display is there
            assert talk.screen.prompt.region.right <= width
            assert talk.screen.conversation.max_scroll_x == 0


async def test_without_the_panel_a_page_shows_the_sources(chat: Any) -> None:
    async with chat(WIDE, settings=Settings(side_panel=False)) as talk:
        await talk.say("what degree do i need")
        await talk.say("/sources")
        assert isinstance(talk.app.screen, SourcesScreen)


async def test_escape_still_leaves_a_search_first(chat: Any) -> None:
    async with chat(WIDE) as talk:
        await talk.say("what degree do i need")
        await talk.say("/sources")
        await talk.press("ctrl+r", "escape")
        assert panel(talk).display
        await talk.press("escape")
        assert not panel(talk).display


class Window(webbrowser.BackgroundBrowser):
    """A browser with a window of its own."""


@pytest.mark.parametrize(
    ("address", "browser_there", "remote", "expected"),
    [
        (GUIDE, lambda: Window("x"), False, True),
        (GUIDE, lambda: webbrowser.GenericBrowser("lynx"), False, False),
        (GUIDE, lambda: Window("x"), True, False),
        ("javascript:alert(1)", lambda: Window("x"), False, False),
        ("file:///etc/passwd", lambda: Window("x"), False, False),
    ],
)
def test_what_can_be_opened(
    monkeypatch: pytest.MonkeyPatch, address: str, browser_there: Callable[[], Any], *, remote: bool, expected: bool
) -> None:
    monkeypatch.setattr("webbrowser.get", browser_there)
    if remote:
        monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    assert can_open(address) is expected


def test_no_browser_at_all_is_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Any:
        raise webbrowser.Error

    monkeypatch.setattr("webbrowser.get", none)
    assert not can_open(GUIDE)


@pytest.mark.parametrize(("status", "expected"), [(0, True), (1, False)])
def test_a_browser_gets_the_address_as_it_is_and_no_terminal(
    monkeypatch: pytest.MonkeyPatch, *, status: int, expected: bool
) -> None:
    seen: list[Any] = []

    def run(command: list[str], **named: Any) -> subprocess.CompletedProcess[str]:
        seen.append((command[-1], named["stdout"], named["start_new_session"]))
        return subprocess.CompletedProcess(command, status)

    monkeypatch.setattr("subprocess.run", run)
    assert open_address("https://x.org/$(y) 'z'") is expected
    assert seen == [("https://x.org/$(y) 'z'", subprocess.DEVNULL, True)]


def test_no_module_of_the_current_folder_runs_when_an_address_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("webbrowser", "sys", "subprocess", "shlex", "runpy", "dimchat"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'taken')!r}, 'w')")
    opener = tmp_path / "opener"
    opener.write_text(f'#!/bin/sh\necho "$1 ${{SECRET:-}}" > {tmp_path}/opened\n')
    opener.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("BROWSER", f"{opener} %s")
    monkeypatch.setenv("SECRET", "of the environment")
    assert open_address("https://example.org/a'b")
    assert (tmp_path / "opened").read_text() == "https://example.org/a'b \n"
    assert not (tmp_path / "taken").exists()
    monkeypatch.setenv("BROWSER", "./opener %s")
    assert not open_address(GUIDE), "no command of the current folder runs either"
