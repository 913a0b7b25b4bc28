"""The settings file: what it changes, and how a mistake in it is told."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.apps.chat import Settings, read_settings
from dimchat.apps.chat.dialogs import LeaveScreen, PaletteScreen
from dimchat.apps.chat.key_bindings import keys_of, works_together
from dimchat.apps.chat.pages import HelpScreen
from dimchat.apps.chat.settings import MOST, SWITCHES, parse_settings, settings_file, theme_names, write_setting
from dimchat.apps.chat.settings_screen import SettingRow, SettingsScreen
from dimchat.errors import SettingsError
from dimchat.index import open_assistant
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from pathlib import Path

WORDS = catalogue_of("en")

WHOLE = """
# how I like it
theme = "high-contrast"
motion = true
whole_answers = true
side_panel = false
save_conversations = true

[keys]
chat.help = "f9"
"prompt.search" = "ctrl+f, f8"
"""


def problems(text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text, "settings.toml")
    return str(caught.value).splitlines()


def test_every_setting_is_read() -> None:
    assert parse_settings(WHOLE, "x") == Settings(
        theme="dimchat-high-contrast",
        motion=True,
        whole_answers=True,
        side_panel=False,
        save_conversations=True,
        keys={"chat.help": "f9", "prompt.search": "ctrl+f, f8"},
    )


@pytest.mark.parametrize("text", ["", "[keys]", "# nothing\n"])
def test_what_is_not_set_stays_as_it_comes(text: str) -> None:
    assert parse_settings(text, "x") == Settings()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('\nthem = "dark"', "settings.toml:2: there is no setting 'them', did you mean 'theme'?"),
        ('theme = "darc"', "settings.toml:1: there is no theme 'darc', did you mean 'dark'?"),
        ("theme = 1", "settings.toml:1: theme is text in quotes, not 1"),
        ('\n\nmotion = "no"', "settings.toml:3: motion is true or false, not 'no'"),
        ("motion = [\n 1,\n]", "settings.toml:3: motion is true or false, not a list"),
        ("keys = 1", "settings.toml:1: [keys] is a table of keys, not 1"),
        ("[key]\n'chat.help' = 'f9'", "settings.toml:2: there is no setting 'key.chat.help'"),
        (
            "[keys]\nchat.halp = 'f9'",
            "settings.toml:2: there is no key called 'chat.halp', did you mean 'chat.help'?",
        ),
        ("[keys]\n\nchat.help = 'pgup'", "settings.toml:3: 'pgup' is no key, did you mean 'pageup'?"),
        ("[keys]\nchat.help = 9", "settings.toml:2: chat.help is text in quotes, not 9"),
        ("[keys]\nchat.help = 'h'", "settings.toml:2: 'h' would write into the prompt and never reach chat.help"),
        ("[keys]\nchat.help = 'ctrl+p'", "settings.toml:2: 'ctrl+p' for chat.help is taken by chat.palette"),
        ("theme = ", "settings.toml:1: not TOML: Invalid value"),
        ("a = 1\na = 2", "settings.toml:2: not TOML: Cannot overwrite a value"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, expected: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith(expected)


def test_all_mistakes_are_named_in_order() -> None:
    rows = problems('motion = 1\ncolour = "red"\n[keys]\nchat.help = "nope+x"\n')
    assert [row.split(":")[1] for row in rows] == ["1", "2", "4"]


def test_two_keys_may_change_places() -> None:
    text = "[keys]\nchat.help = 'ctrl+p'\nchat.palette = 'f1'"
    assert parse_settings(text, "x").keys == {"chat.help": "ctrl+p", "chat.palette": "f1"}


def test_no_key_hides_another_that_it_does_not_stand_for() -> None:
    known = keys_of()
    inner = {
        "link.copy",
        "leave.leave",
        "prompt.end_search",
        "choice.leave",
        "answer.leave",
    }  # what is nearer is meant, and ends
    shared = {
        (one, other): keys
        for one, other in combinations(sorted(known), 2)
        if {one, other}.isdisjoint(inner) and works_together(one, other)
        for keys in [set(known[one]) & set(known[other])]
        if keys
    }
    assert shared == {}


def test_letters_are_keys_where_nothing_is_typed() -> None:
    assert parse_settings("[keys]\npage.close = 'x'", "x").keys == {"page.close": "x"}


@pytest.mark.parametrize("data", [b"\xff\xfe", b"#" * (MOST + 1)])
def test_a_file_of_something_else_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(data)
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        read_settings(file)


def test_a_named_file_must_be_there_and_the_usual_one_need_not(tmp_path: Path) -> None:
    assert read_settings() == Settings()
    with pytest.raises(SettingsError, match="no such file"):
        read_settings(tmp_path / "none.toml")


def test_the_usual_file_is_read() -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("whole_answers = true", encoding="utf-8")
    assert read_settings().whole_answers


@given(st.text(max_size=200) | st.text(alphabet=st.sampled_from("[]{}=\"'\n.,a1 #keysthemotion"), max_size=60))
def test_any_text_is_settings_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(SettingsError):
        assert isinstance(parse_settings(text, "f"), Settings)


@pytest.mark.parametrize("name", sorted(keys_of()))
def test_every_key_can_be_remapped(name: str) -> None:
    assert parse_settings(f"[keys]\n{name} = 'f19'", "x").keys == {name: "f19"}


async def test_remapped_keys_work_and_are_named_in_the_title_the_footer_and_the_help(chat: Any) -> None:
    keys = {"chat.help": "F9", "chat.palette": "ctrl+o", "page.close": "x", "prompt.ask": "f4", "leave.stay": "s"}
    async with chat((100, 60), settings=Settings(keys=keys)) as talk:
        assert "F9 help" in talk.shown.splitlines()[0]
        assert "ctrl+o commands" in talk.shown
        assert "F4 ask" in talk.shown
        await talk.press("f1")
        assert talk.app.screen is talk.screen
        await talk.press("f9")
        assert isinstance(talk.app.screen, HelpScreen)
        assert "x close" in talk.shown
        assert "ctrl+o" in talk.shown
        assert "ctrl+p" not in talk.shown
        await talk.press("x", "ctrl+c")
        assert isinstance(talk.app.screen, LeaveScreen)
        assert "s stay" in talk.shown
        await talk.press("s", "ctrl+o")
        assert isinstance(talk.app.screen, PaletteScreen)


async def test_a_remapped_search_names_its_keys(chat: Any) -> None:
    async with chat(settings=Settings(keys={"prompt.end_search": "f5", "prompt.search": "f3"})) as talk:
        await talk.say("renew")
        await talk.press("f3")
        assert WORDS("chat.search_hint", take="enter", leave="F5") in talk.shown


async def test_whole_answers_are_shown_at_once(chat: Any) -> None:
    async with chat(settings=Settings(whole_answers=True)) as talk:
        await talk.say("what degree do i need")
        assert "healthcare administration" in talk.answers[0]


@pytest.mark.parametrize(("motion", "level"), [(False, "none"), (True, "full")])
async def test_nothing_moves_unless_it_is_wanted(chat: Any, *, motion: bool, level: str) -> None:
    async with chat(settings=Settings(motion=motion)) as talk:
        assert talk.app.animation_level == level


async def test_the_theme_is_taken(chat: Any) -> None:
    async with chat(settings=parse_settings('theme = "light"', "x")) as talk:
        assert talk.app.theme == "dimchat-light"


def test_the_command_line_names_a_mistake_and_ends_with_2(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    file = tmp_path / "mine.toml"
    file.write_text("\nmotoin = true\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "dimchat", "--settings", str(file)]
    with os.fdopen(ours), os.fdopen(theirs, "w") as terminal:
        done = subprocess.run(
            command,
            stdin=terminal,
            stdout=terminal,
            stderr=subprocess.PIPE,
            env=os.environ | {"TERM": "xterm"},
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == f"dimchat: {file}:2: there is no setting 'motoin', did you mean 'motion'?\n"


# --- the settings on the screen ---


def settings_of(talk: Any) -> dict[str, object]:
    return {row.name_of: row.value for row in talk.app.screen.query(SettingRow)}


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=str)
async def test_a_setting_changed_on_the_screen_holds_at_once_and_stands_in_the_file(
    chat: Any, tmp_path: Path, size: tuple[int, int]
) -> None:
    file = tmp_path / "folder" / "settings.toml"
    async with chat(size, settings_at=file) as talk:
        await talk.say("/settings")
        assert isinstance(talk.app.screen, SettingsScreen)
        assert talk.app.screen.query_one("#settings").region.bottom <= size[1]
        assert settings_of(talk) == {
            "theme": "dark",
            "motion": False,
            "whole_answers": False,
            "side_panel": True,
            "save_conversations": False,
        }
        await talk.press("enter", "down", "down", "space")
        assert talk.app.theme == "dimchat-light"
        await talk.press("escape")
        assert talk.app.screen is talk.screen
        await talk.say("what degree do i need")
        assert "healthcare administration" in talk.answers[0]
    assert file.read_text("utf-8") == 'theme = "light"\nwhole_answers = true\n'
    assert read_settings(file) == Settings(theme="dimchat-light", whole_answers=True)


async def test_the_language_is_changed_at_once_and_kept_with_the_comments(chat: Any, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('# ours\nlanguage = ""   # of the pack\n')
    assistant = open_assistant(None)
    async with chat(opener=lambda: (assistant.pack, assistant), settings_at=file) as talk:
        await talk.say("what is the CRA")
        await talk.say("/settings")
        assert list(settings_of(talk).items())[:2] == [("theme", "dark"), ("language", "")]
        assert "English" in talk.shown
        await talk.press("down", "enter")
        assert settings_of(talk)["language"] == "es"
        for text in ("Ajustes", "Idioma", "Español", "Respuestas completas de una vez"):
            assert text in talk.shown
        assert talk.app.focused.name_of == "language"
        await talk.press("escape")
        assert (talk.screen.session.language, talk.app.words.language) == ("es", "es")
        assert "Gerente de imágenes diagnósticas" in talk.shown
        await talk.say("CRA")
        assert talk.screen.session.turns[-1].reply.spoken == "es"
        await talk.say("/settings")
        assert file.read_text() == '# ours\nlanguage = "es"   # of the pack\n'
        await talk.press("down", "left")
        assert settings_of(talk)["language"] == ""
        assert "Language" in talk.shown
    assert file.read_text() == '# ours\nlanguage = ""   # of the pack\n'


async def test_left_takes_the_value_before_and_a_click_the_next(chat: Any) -> None:
    async with chat() as talk:
        await talk.say("/settings")
        await talk.press("left")
        assert settings_of(talk)["theme"] == list(theme_names())[-1]
        row = list(talk.app.screen.query(SettingRow))[1]
        await talk.pilot.click(row)
        await talk.settle()
        assert settings_of(talk)["motion"] is True
        assert talk.app.animation_level == "full"


async def test_where_there_is_no_file_a_change_is_for_this_visit(chat: Any, tmp_path: Path) -> None:
    async with chat() as talk:
        await talk.say("/settings")
        assert WORDS("chat.setting.not_kept") in talk.shown
        await talk.press("down", "enter")
        assert talk.app.settings.motion
    assert not settings_file().exists()
    assert not (tmp_path / "settings.toml").exists()


async def test_a_file_that_cannot_be_written_is_told_and_the_change_holds(chat: Any, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("them = 1\n")
    async with chat((120, 40), settings_at=file) as talk:
        await talk.say("/settings")
        await talk.press("down", "enter")
        assert f"{file}:1: there is no setting" in " ".join(note.message for note in talk.app._notifications)  # noqa: SLF001
        assert talk.app.settings.motion
    assert file.read_text() == "them = 1\n"


def test_comments_order_and_line_ends_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(
        b"# mine\r\ntheme = 'light'   # by day\r\n\r\n[keys] # ours\r\n# chat.help = 'f8'\r\nchat.help = 'f9'\r\n"
    )
    write_setting(file, "theme", "nord")
    write_setting(file, "motion", value=True)
    assert file.read_bytes() == (
        b'# mine\r\ntheme = "nord"   # by day\r\nmotion = true\r\n\r\n'
        b"[keys] # ours\r\n# chat.help = 'f8'\r\nchat.help = 'f9'\r\n"
    )


LINES = [
    *("# a comment", "", "theme = 'nord' # mine", "motion = false", "whole_answers=true", "side_panel  =  false # why"),
]
KEYS = [
    "",
    "\n[keys] # of mine\n# none yet",
    '\n[keys]\n"chat.help" = "f9"',
    "\n[keys.chat]\nhelp = 'f9' # so",
    "keys.chat.help = 'f9'",
]


TEXTS = st.builds(
    lambda lines, keys, end: "\n".join((*lines, *([keys] if keys else []))) + end,
    st.lists(st.sampled_from(LINES), unique=True),
    st.sampled_from(KEYS),
    st.sampled_from(["\n", ""]),
)


@given(TEXTS, st.sampled_from(["theme", *SWITCHES]), st.booleans())
def test_a_written_setting_changes_nothing_else(
    tmp_path_factory: pytest.TempPathFactory,
    text: str,
    name: str,
    value: bool,  # noqa: FBT001 - drawn
) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.toml"
    before = parse_settings(text, "x")
    file.write_text(text, encoding="utf-8")
    new: dict[str, Any] = {name: "dracula" if name == "theme" else value}
    write_setting(file, name, new[name])
    after = file.read_text("utf-8")
    assert parse_settings(after, "x") == replace(before, **new)
    comments = [[row.partition("#")[2] for row in each.splitlines() if "#" in row] for each in (text, after)]
    assert comments[0] == comments[1]
