"""Every key that can be remapped, and what a settings file may say about them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.keys import Keys, _normalize_key_list

from dimchat.files.text import did_you_mean
from dimchat.wording import ENGLISH, catalogue_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


WORDS = catalogue_of(ENGLISH)
"""What is said on the command line, where no pack has a language yet."""
TOGETHER = (
    {"app", "chat", "prompt", "edit"},
    {"app", "chat", "choice"},
    {"app", "chat", "answer"},
    {"app", "settings", "setting"},
    {"app", "page"},
    {"app", "link"},
    {"app", "palette"},
    {"app", "leave"},
)
"""Groups of ids, by their first part, whose keys work at the same time."""
WRITES = frozenset({"app", "chat", "prompt", "edit", "choice", "palette"})
"""Groups whose keys must not be letters, because something is typed while they work."""
MODIFIED = re.compile(r"(?:(?:ctrl|alt|shift|super|hyper|meta)\+)+(?=.)")


@cache
def keys_of() -> dict[str, tuple[str, ...]]:
    """Return the keys of each binding by its id, as they are without any settings."""
    found: dict[str, list[str]] = {}
    for binding in _bindings():
        found.setdefault(binding.id or "", []).extend(key.strip() for key in binding.key.split(","))
    return {name: tuple(dict.fromkeys(keys)) for name, keys in found.items() if name}


def _bindings() -> Iterator[Binding]:
    from dimchat.apps.chat.app import ChatApp  # noqa: PLC0415 - these import settings
    from dimchat.apps.chat.dialogs import LeaveScreen, LinkScreen, PaletteScreen  # noqa: PLC0415
    from dimchat.apps.chat.pages import PageScreen  # noqa: PLC0415
    from dimchat.apps.chat.prompt import ChatPrompt  # noqa: PLC0415
    from dimchat.apps.chat.screen import ChatScreen  # noqa: PLC0415
    from dimchat.apps.chat.settings_screen import SettingRow, SettingsScreen  # noqa: PLC0415
    from dimchat.apps.chat.turn import Answer, ChoiceRow  # noqa: PLC0415

    shown = (ChatApp, ChatScreen, ChatPrompt, ChoiceRow, Answer, SettingsScreen, SettingRow)
    for owner in (*shown, PageScreen, LinkScreen, PaletteScreen, LeaveScreen):
        yield from (binding for binding in owner.BINDINGS if isinstance(binding, Binding))


def faults(remapped: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a remapping: the id it is about, and the fault in words.

    Args:
        remapped: Keys by the id of a binding; several keys are separated by commas.
    """
    known = keys_of()
    sound: dict[str, tuple[str, ...]] = {}
    for name, text in remapped.items():
        if name not in known:
            yield name, WORDS("chat.settings.no_action", name=name) + did_you_mean(name, known)
            continue
        given = [key.strip() for key in text.split(",")]
        wrong = [fault for key in given if (fault := _key_fault(name, key))]
        yield from ((name, fault) for fault in wrong)
        if not wrong:
            sound[name] = tuple(map(_normal, given))
    now = {name: sound.get(name, tuple(map(_normal, keys))) for name, keys in known.items()}
    for name, keys in sound.items():
        for other, taken in now.items():
            if other != name and works_together(name, other) and not (other in sound and other < name):
                for key in set(keys) & set(taken):
                    yield name, WORDS("chat.settings.taken", key=key, name=name, other=other)


def tidy(keys: str) -> str:
    """Return keys as Textual names them: "Ctrl+H" is ctrl+h, "?" is question_mark."""
    return ",".join(_normal(key.strip()) for key in keys.split(","))


def _group(name: str) -> str:
    return name.partition(".")[0]


def works_together(one: str, other: str) -> bool:
    """Return whether the keys of two bindings work at the same time."""
    return any({_group(one), _group(other)} <= group for group in TOGETHER)


def _normal(key: str) -> str:
    return _normalize_key_list(key.lower() if len(key) > 1 else key)


def _key_fault(name: str, key: str) -> str:
    if not is_key(key):
        return WORDS("chat.settings.no_key", key=key) + did_you_mean(key, [known.value for known in Keys])
    if _group(name) in WRITES and (len(key) == 1 or key == "space"):
        return WORDS("chat.settings.types", key=key, name=name)
    return ""


def is_key(key: str) -> bool:
    """Return whether a terminal can send such a key: a named one or a character, with or without modifiers."""
    known = {each.value for each in Keys}
    base = MODIFIED.sub("", key.lower() if len(key) > 1 else key)
    return base in known or (len(base) == 1 and base.isprintable() and not base.isspace())
