"""The settings file of the chat: TOML in the platform's own place, read once at the start."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from platformdirs import user_config_path

from dimchat.apps.base.themes import DARK, THEMES
from dimchat.errors import SettingsError
from dimchat.files.text import decode, did_you_mean
from dimchat.wording import ENGLISH, LANGUAGES, catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


WORDS = catalogue_of(ENGLISH)
"""What is said on the command line, where no pack has a language yet."""
MOST = 16 * 1024
"""Bytes of a file: far more than all settings take."""
KEYS = "keys"
SWITCHES = ("motion", "whole_answers", "side_panel", "save_conversations")
OURS = "dimchat-"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a person wants the chat to be."""

    theme: str = DARK.name
    language: str = ""
    """The language to begin in, such as es; empty for the pack's own."""
    motion: bool = False
    """Whether scrolling glides; otherwise nothing on the screen ever moves."""
    whole_answers: bool = False
    """Whether an answer is shown whole at once, not only its short form."""
    side_panel: bool = True
    """Whether sources stand beside the conversation where there is room."""
    save_conversations: bool = False
    """Whether the conversation is kept on disk, so that it can be resumed."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of a binding, in place of its own."""


def settings_file() -> Path:
    """Return where the settings stand on this platform."""
    return user_config_path("dimchat") / "settings.toml"


def read_settings(path: Path | None = None) -> Settings:
    """Return the settings in a file.

    Args:
        path: The file that the person named; it must be there. None is the platform's own, which need not be.

    Raises:
        SettingsError: the file cannot be read, or says something that makes no sense; all of it is named, each
            with its line and what was probably meant.
    """
    if path is None and not settings_file().exists():
        return Settings()
    file = path or settings_file()
    return parse_settings(_text_of(file), str(file))


def _text_of(file: Path) -> str:
    """Return the text of a settings file.

    Raises:
        SettingsError: it is not there, cannot be read, or is none.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST + 1)
    except FileNotFoundError:
        raise SettingsError(WORDS("chat.settings.missing", file=file)) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise SettingsError(WORDS("chat.settings.unreadable", file=file, reason=reason)) from None
    if len(data) > MOST:
        raise SettingsError(WORDS("chat.settings.too_large", file=file, most=MOST))
    try:
        return decode(data)
    except UnicodeDecodeError:
        raise SettingsError(WORDS("chat.settings.not_utf8", file=file)) from None


def parse_settings(text: str, file: str) -> Settings:
    """Return the settings in a text.

    Raises:
        SettingsError: the text is no TOML, or says something that makes no sense.
    """
    import tomllib  # noqa: PLC0415 - not before the first paint

    try:
        values = flat(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).rpartition(" (at ")
        number = place.removeprefix("line ").partition(",")[0]
        line = int(number) if number.isdecimal() else len(text.splitlines()) or 1
        raise SettingsError(WORDS("chat.settings.not_toml", file=file, line=line, reason=reason)) from None
    except RecursionError:
        raise SettingsError(
            WORDS("chat.settings.not_toml", file=file, line=1, reason=WORDS("chat.settings.too_deep"))
        ) from None
    problems = sorted({(line_of(text, path), problem) for path, problem in _problems(values)})
    if problems:
        raise SettingsError("\n".join(f"{file}:{line}: {problem}" for line, problem in problems))
    switches = {name: values[(name,)] for name in SWITCHES if (name,) in values}
    theme = full_name(values.get(("theme",), DARK.name))
    return Settings(theme=theme, language=values.get(("language",), ""), keys=_remapped(values), **switches)


def write_setting(file: Path, name: str, value: str | bool) -> None:  # noqa: FBT001 - a value like another
    """Set one setting in a file; all else in it, comments among it, stays as it is. A missing file is made.

    Args:
        file: The settings file.
        name: A theme's name goes by "theme".
        value: What it is from now on.

    Raises:
        SettingsError: what is in the file cannot be read, or it cannot be written; it is as it was.
    """
    import tomlkit  # noqa: PLC0415 - for those who change a setting

    from dimchat.files import disk  # noqa: PLC0415 - the same

    text = _text_of(file) if file.exists() else ""
    parse_settings(text, str(file))
    lines = text.replace("\r\n", "\n")
    # What is added behind a last line without an end would go on in that line.
    document = tomlkit.parse(f"{lines}\n" if lines and not lines.endswith("\n") else lines)
    document[name] = value
    written = tomlkit.dumps(document)
    parse_settings(written, str(file))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        disk.write(file, (written.replace("\n", "\r\n") if "\r\n" in text else written).encode())
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise SettingsError(WORDS("chat.cannot_write", file=file, reason=reason)) from None


def flat(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Return the values of a TOML table by their paths; an empty table counts as a value."""
    found: dict[tuple[str, ...], Any] = {}
    for key, value in table.items():
        path = (*above, key)
        found |= flat(value, path) if isinstance(value, dict) and value else {path: value}
    return found


def _remapped(values: Mapping[tuple[str, ...], Any]) -> dict[str, str]:
    """Return the keys by their ids; `chat.help = "f9"` and `"chat.help" = "f9"` are the same."""
    return {".".join(p[1:]): value for p, value in values.items() if p[0] == KEYS and p[1:] and isinstance(value, str)}


def _problems(values: Mapping[tuple[str, ...], Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    checks = dict[str, "Callable[[str, object], str]"](theme=_theme_problem, language=_language_problem)
    checks |= dict.fromkeys(SWITCHES, _switch_problem)
    for path, value in values.items():
        name = path[0]
        if name == KEYS:
            if len(path) == 1 and value != {}:
                yield path, WORDS("chat.settings.no_table", name=KEYS, value=shown(value))
            elif len(path) > 1 and not isinstance(value, str):
                yield path, WORDS("chat.settings.no_text", name=".".join(path[1:]), value=shown(value))
        elif len(path) > 1 or name not in checks:
            yield path, _unknown(".".join(path), [*checks, KEYS])
        elif problem := checks[name](name, value):
            yield path, problem
    remapped = _remapped(values)
    if remapped:
        from dimchat.apps.chat.key_bindings import faults  # noqa: PLC0415 - imports every screen, for those who remap keys

        paths = {".".join(path[1:]): path for path in values if path[0] == KEYS}
        yield from ((paths[name], fault) for name, fault in faults(remapped))


def _unknown(name: str, known: list[str]) -> str:
    near = did_you_mean(name, known)
    return WORDS("chat.settings.unknown", name=name) + (near or WORDS("chat.settings.known", names=", ".join(known)))


def _switch_problem(name: str, value: object) -> str:
    return "" if isinstance(value, bool) else WORDS("chat.settings.no_switch", name=name, value=shown(value))


def _theme_problem(name: str, value: object) -> str:
    if not isinstance(value, str):
        return WORDS("chat.settings.no_text", name=name, value=shown(value))
    known = theme_names()
    if full_name(value) in known.values():
        return ""
    near = did_you_mean(value, known)
    return WORDS("chat.settings.no_theme", name=value) + (near or WORDS("chat.settings.known", names=", ".join(known)))


def _language_problem(name: str, value: object) -> str:
    if not isinstance(value, str):
        return WORDS("chat.settings.no_text", name=name, value=shown(value))
    if value in ("", *LANGUAGES):
        return ""
    return WORDS("chat.settings.no_language", name=value) + WORDS("chat.settings.known", names=", ".join(LANGUAGES))


def theme_names() -> dict[str, str]:
    """Return the full names of the themes by the names that people use, ours first."""
    from textual.theme import BUILTIN_THEMES  # noqa: PLC0415 - only for those who choose one

    return {name.removeprefix(OURS): name for name in (*(theme.name for theme in THEMES), *sorted(BUILTIN_THEMES))}


def full_name(theme: str) -> str:
    """Return the full name of a theme: "dark" is one of ours."""
    return theme_names().get(theme.casefold().removeprefix(OURS), theme)


def shown(value: object) -> str:
    """Return a value roughly as TOML has it, for a message."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return WORDS("chat.settings.list")
    return WORDS("chat.settings.table") if isinstance(value, dict) else repr(value)


def line_of(text: str, path: tuple[str, ...]) -> int:
    """Return the line on which the value of a path ends, from 1.

    The reader of TOML keeps no lines: the value's is the first with which the text up to it holds the path.
    """
    lines = text.splitlines(keepends=True)
    within = partial(_holds, path)
    return next((number for number in range(1, len(lines) + 1) if within("".join(lines[:number]))), len(lines) or 1)


def _holds(path: tuple[str, ...], text: str) -> bool:
    import tomllib  # noqa: PLC0415 - not before the first paint

    try:
        return path in flat(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return False
