"""Slash commands, pages, keys and ways to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.widget import Widget

from dimchat.apps.base.prompt import Prompt
from dimchat.apps.base.text_widget import PROMPT
from dimchat.apps.chat import Settings
from dimchat.apps.chat.dialogs import LeaveScreen
from dimchat.apps.chat.pages import HelpScreen, SourcesScreen, WhyScreen
from dimchat.apps.chat.turn import Answer
from dimchat.model import Context
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = catalogue_of("en")
HELP = WORDS.below("chat.command")


def visible_widgets(root: Widget) -> Iterator[Widget]:
    for widget in root.walk_children(Widget):
        if widget.display and widget.region:
            yield widget


@pytest.mark.parametrize(
    ("command", "screen"), [("/help", HelpScreen), ("/sources", SourcesScreen), ("/why", WhyScreen)]
)
async def test_pages_open_by_command_and_close_by_escape(
    chat: Any, size: tuple[int, int], command: str, screen: type[Any]
) -> None:
    async with chat(size, settings=Settings(side_panel=False)) as talk:
        await talk.say("what degree do i need")
        await talk.say(command)
        assert isinstance(talk.app.screen, screen)
        assert all(widget.region.right <= size[0] for widget in visible_widgets(talk.app.screen))
        assert talk.app.screen.query_one("#page").region.bottom <= size[1]
        await talk.press("escape")
        assert talk.app.screen is talk.screen
        assert isinstance(talk.app.focused, Prompt)


async def test_why_shows_what_the_assistant_explains(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("/why")
        assert "because it was asked" in talk.shown


async def test_sources_in_full_name_everything_known(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("/sources")
        for part in ("Jobya", "¶4", "https://example.org/guide", "2025", "Undated.", "2026-11-24"):
            assert part in talk.shown


async def test_help_names_every_command_and_the_keys(chat: Any) -> None:
    async with chat((100, 90)) as talk:
        await talk.say("/help")
        for name, text in HELP.items():
            assert f"/{name}" in talk.shown
            assert text in talk.shown
        for key in ("F1", "F2", "ctrl+q", "pageup"):
            assert key in talk.shown


def row_names(talk: Any) -> str:
    """What the page shows, without its frame."""
    return str(talk.app.screen.query_one("#page-text").plain)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=str)
@pytest.mark.parametrize(
    ("keys", "named", "other"),
    [
        ([], ["enter", "ctrl+r", WORDS("chat.tip.ask")], WORDS("chat.tip.pick")),
        (["slash"], ["/more", HELP["again"]], WORDS("chat.tip.ask")),
        (["tab"], [WORDS("chat.tip.pick")], WORDS("chat.tip.ask")),
        (["ctrl+g"], [WORDS("chat.tip.answer_copy"), WORDS("chat.tip.why")], WORDS("chat.tip.pick")),
    ],
    ids=["typing", "command", "choice", "answer"],
)
async def test_f1_helps_with_what_has_the_focus_and_leads_to_everything(
    chat: Any, size: tuple[int, int], keys: list[str], named: list[str], other: str
) -> None:
    async with chat(size) as talk:
        await talk.say("what degree do i need")
        await talk.press(*keys, "f1")
        shown = " ".join(row_names(talk).split())
        assert all(" ".join(text.split()) in shown for text in named)
        assert other not in shown
        page = talk.app.screen.query_one("#page-body")
        assert page.max_scroll_y <= size[1] / 2  # one page, or little more in a small window
        await talk.press("a")
        assert WORDS("chat.help_commands") in row_names(talk)
        await talk.press("f1")
        assert talk.app.screen is talk.screen


async def test_a_click_beside_a_page_closes_it(chat: Any) -> None:
    async with chat((120, 40)) as talk:
        await talk.press("f1")
        await talk.pilot.click(offset=(1, 1))
        await talk.settle()
        assert talk.app.screen is talk.screen


async def test_a_slash_hints_at_the_commands(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.press("slash")
        first, *_ = HELP.items()
        assert f"/{first[0]} " in talk.shown
        await talk.press("t")
        assert "/theme" in talk.shown
        assert "/quit" not in talk.shown
        await talk.press("backspace", "backspace")
        assert "/theme" not in talk.shown


async def test_an_unknown_command_says_so_and_keeps_the_choices(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        await talk.say("renew")
        await talk.say("/bogus")
        assert WORDS("chat.no_command", command="/bogus") in talk.shown
        assert talk.rows[0] == ("1", "How do I renew my ARRT registration?")
        assert [text for text, _ in assistant.asked] == ["renew"]


async def test_a_path_is_no_command(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        await talk.say("/etc/hosts")
        assert assistant.asked[-1][0] == "/etc/hosts"


async def test_clear_begins_anew(chat: Any, assistant: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("/clear")
        assert talk.questions == []
        await talk.say("renew")
        assert assistant.asked[-1][1] == Context()


async def test_the_theme_changes_by_key_and_by_command(chat: Any) -> None:
    async with chat() as talk:
        assert talk.app.theme == "dimchat-dark"
        await talk.press("f2")
        assert talk.app.theme == "dimchat-light"
        await talk.say("/theme")
        assert talk.app.theme == "dimchat-high-contrast"
        await talk.say("/theme")
        assert talk.app.theme == "dimchat-dark"
        await talk.say("/theme nord")
        assert talk.app.theme == "nord"
        await talk.say("/theme high-contrast")
        assert talk.app.theme == "dimchat-high-contrast"
        await talk.say("/theme bogus")
        assert [note.message.partition(".")[0] for note in talk.app._notifications] == ["There is no theme bogus"]  # noqa: SLF001


async def test_what_is_told_takes_the_place_of_what_was_told_before(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("/why")
        await talk.say("/export")
        await talk.say("/theme bogus")
        assert [note.message.partition(".")[0] for note in talk.app._notifications] == ["There is no theme bogus"]  # noqa: SLF001


async def test_hints_leave_most_of_the_conversation_in_sight(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.say("what degree do i need")
        await talk.press("/")
        assert talk.screen.conversation.region.height >= size[1] // 2 - 3
        shown = sum(f"/{name} " in talk.shown for name in HELP)
        rest = len(HELP) - shown
        assert (WORDS("chat.hints_rest", count=rest, key="ctrl+p") in talk.shown) == bool(rest)
        await talk.press("s")
        assert "/sources [NUMBER]" in talk.shown
        assert "/save-test FILE" in talk.shown


async def test_the_palette_names_first_what_is_called_so(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("renew")
        await talk.press("ctrl+p", *"cop")
        rows = [row for row in talk.shown.splitlines() if "cop" in row]
        assert f"{PROMPT} copy" in rows[1]
        await talk.press("enter")
        assert [note.message for note in talk.app._notifications] == [WORDS("chat.copied_terminal")]  # noqa: SLF001


async def test_quit_by_command_ends_with_0(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("/quit")
        assert talk.app.return_code == 0


async def test_ctrl_q_quits_also_from_a_page(chat: Any) -> None:
    async with chat() as talk:
        await talk.press("f1", "ctrl+q")
        assert talk.app.return_code == 0


async def test_ctrl_c_asks_before_leaving(chat: Any, size: tuple[int, int]) -> None:
    async with chat(size) as talk:
        await talk.press("ctrl+c")
        assert isinstance(talk.app.screen, LeaveScreen)
        await talk.press("escape")
        assert talk.app.screen is talk.screen
        assert isinstance(talk.app.focused, Prompt)
        await talk.press("ctrl+c", "enter")
        assert talk.app.return_code == 0


async def test_ctrl_c_clears_what_is_typed_and_undo_brings_it_back(chat: Any) -> None:
    async with chat() as talk:
        await talk.press(*"two", "ctrl+j", *"lines", "ctrl+c")
        assert talk.screen.prompt.value == ""
        assert talk.app.screen is talk.screen
        await talk.press("ctrl+z")
        assert talk.screen.prompt.value == "two\nlines"
        await talk.press("ctrl+c", "ctrl+c")
        assert isinstance(talk.app.screen, LeaveScreen)


async def test_ctrl_c_ends_a_search_before_it_clears(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("renew")
        await talk.press("x", "ctrl+r", "ctrl+c")
        assert not talk.screen.prompt.searching
        assert talk.screen.prompt.value == "x"


async def test_ctrl_c_copies_selected_text(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        answer = talk.screen.query(Answer).last()
        await talk.pilot.mouse_down(answer, offset=(2, 0))
        await talk.pilot.hover(answer, offset=(12, 0))
        await talk.pilot.mouse_up(answer, offset=(12, 0))
        await talk.press("ctrl+c")
        assert talk.app.clipboard.startswith("A bachelor")
        assert talk.app.screen is talk.screen


async def test_a_selection_that_ends_on_what_can_be_clicked_does_not_click_it(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        row = next(i for i, row in enumerate(talk.shown.splitlines()) if "[1] Breaking" in row)
        for mouse, column in ((events.MouseDown, 5), (events.MouseMove, 40), (events.MouseUp, 40)):
            # through the app, as from a terminal: only there a press and a release become a click
            talk.app.post_message(mouse(None, column, row, 0, 0, 1, False, False, False))  # noqa: FBT003
            await talk.settle()
        assert talk.app.screen is talk.screen
        await talk.press("ctrl+c")
        assert "Breaking into Diagnostic Imaging" in talk.app.clipboard
        await talk.pilot.click(offset=(40, row))
        await talk.settle()
        assert isinstance(talk.app.screen, SourcesScreen)


async def test_ctrl_c_works_on_a_page_too(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("/sources")
        row = next(i for i, row in enumerate(talk.shown.splitlines()) if "example.org/guide" in row)
        await talk.pilot.mouse_down(offset=(8, row))
        await talk.pilot.hover(offset=(28, row))
        await talk.pilot.mouse_up(offset=(28, row))
        await talk.settle()
        await talk.press("ctrl+c")
        assert "example.org" in talk.app.clipboard
        await talk.pilot.click("#page-title", offset=(2, 0))
        await talk.press("ctrl+c")
        assert isinstance(talk.app.screen, LeaveScreen)
        await talk.press("escape")
        assert isinstance(talk.app.screen, SourcesScreen)


async def test_ctrl_c_copies_what_is_selected_in_the_prompt(chat: Any) -> None:
    async with chat() as talk:
        await talk.press("a", "b", "shift+home", "ctrl+c")
        assert talk.app.clipboard == "ab"
        assert talk.app.screen is talk.screen


async def test_copy_takes_the_answer_with_its_sources(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("what degree do i need")
        await talk.say("/copy")
        assert "healthcare administration" in talk.app.clipboard
        assert "https://example.org/bls" in talk.app.clipboard


@pytest.mark.parametrize("command", ["/sources", "/why", "/more", "/copy", "/again"])
async def test_commands_about_an_answer_bear_that_there_is_none(chat: Any, command: str) -> None:
    async with chat() as talk:
        await talk.say(command)
        assert talk.app.screen is talk.screen


async def test_footer_names_the_keys_that_work_now(chat: Any) -> None:
    async with chat() as talk:
        assert "enter ask" in talk.shown
        assert "tab choices" in talk.shown
        await talk.press("tab")
        assert "enter pick" in talk.shown
        assert "esc back" in talk.shown


async def test_every_binding_has_an_id_and_a_tooltip(chat: Any) -> None:
    async with chat() as talk:
        await talk.press("tab")
        lit = [active.binding for active in talk.screen.active_bindings.values()]
        await talk.press("escape")
        typing = [active.binding for active in talk.screen.active_bindings.values()]
        assert [binding for binding in [*lit, *typing] if not (binding.id and binding.tooltip)] == []
