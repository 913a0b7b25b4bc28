"""The messages of dimchat to visitors, by id, in one language; a pack has the rest.

A catalogue is a package beside this module, named as the language: a rule for its plural forms, and a module for each
domain, as gettext calls what is translated and loaded as one. The first part of an id names its domain.
"""

from __future__ import annotations

from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    Message = str | tuple[str, ...] | Mapping[str, str]
    """A text, several of which turns take one, or one for each plural form by its name in CLDR: one, few, other.

    Places in a text are named as `str.format` has them.
    """

ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "es")
"""Those that have a catalogue, by ISO 639."""
DOMAINS: Final = ("reply", "chat", "stand", "page", "base", "aloud")
BASE_LANGUAGES: Final = (*LANGUAGES, "de")
"""Those in which the base under every pack speaks and a reply is read aloud: they have the domains `base`, `aloud`."""


class Catalogue:
    """The messages of one language."""

    def __init__(
        self, language: str, open_domain: Callable[[str], Mapping[str, Message]], plural: Callable[[int], str]
    ) -> None:
        """Take what gives the messages.

        Args:
            language: A BCP 47 tag.
            open_domain: Returns the messages of a domain by id; called once for each, when it is first needed.
            plural: Returns the plural form of a number, as CLDR names it.
        """
        self.language = language
        self._open = open_domain
        self._plural = plural
        self._domains: dict[str, Mapping[str, Message]] = {}

    def __call__(self, message_id: str, /, *, turn: int = 0, count: int = 0, **places: object) -> str:
        """Return a message with its places filled.

        Args:
            message_id: Such as `reply.clarify`.
            turn: Chooses among several texts, so that no two turns in a row read the same.
            count: Chooses the plural form, and fills the place of its name.
            places: What fills the others.

        Raises:
            KeyError: The catalogue has no such message, or the message another place.

        >>> words = catalogue_of("en")
        >>> words("reply.unknown", turn=0), words("reply.unknown", turn=1)
        ('I have no answer to that.', 'That is not among the questions I can answer.')
        """
        message = self._message(message_id)
        if isinstance(message, str):
            text = message
        elif isinstance(message, tuple):
            text = message[turn % len(message)]
        else:
            text = message[self._plural(count)]
        return text.format(count=count, **places)

    def texts(self, message_id: str, /, **places: object) -> tuple[str, ...]:
        """Return all the texts of a message that has several, with their places filled.

        Raises:
            KeyError: The catalogue has no such message, or the message another place.
            TypeError: The message has but one text.
        """
        message = self._message(message_id)
        if not isinstance(message, tuple):
            raise TypeError(message_id)
        return tuple(text.format(**places) for text in message)

    def below(self, prefix: str) -> dict[str, str]:
        """Return the texts without places whose ids begin so, by what follows the prefix and a dot."""
        start = f"{prefix}."
        messages = self._domain(prefix)
        return {id_.removeprefix(start): self(id_) for id_ in messages if id_.startswith(start)}

    def _message(self, message_id: str) -> Message:
        return self._domain(message_id)[message_id]

    def _domain(self, message_id: str) -> Mapping[str, Message]:
        name = message_id.partition(".")[0]
        if name not in self._domains:
            self._domains[name] = self._open(name)
        return self._domains[name]


@cache
def catalogue_of(tag: str) -> Catalogue:
    """Return what dimchat says in a language: in English where it has no catalogue, of which `check` warns.

    Args:
        tag: A BCP 47 tag, such as the `language` of a pack; a region makes no difference.
    """
    return _catalogue(tag, LANGUAGES)


@cache
def base_catalogue(tag: str) -> Catalogue:
    """Return what the base under every pack says in a language, and a voice: in English where it has none of it.

    Args:
        tag: As for `catalogue_of`.
    """
    return _catalogue(tag, BASE_LANGUAGES)


def _catalogue(tag: str, languages: Collection[str]) -> Catalogue:
    spoken = tag.partition("-")[0].lower()
    language = spoken if spoken in languages else ENGLISH
    package = f"{__package__}.{language}"
    return Catalogue(language, partial(_messages, package), import_module(package).plural)


def _messages(package: str, domain: str) -> Mapping[str, Message]:
    found: Mapping[str, Message] = import_module(f"{package}.{domain}").MESSAGES
    return found
