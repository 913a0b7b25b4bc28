"""The languages that a visitor may choose: what is typed for one, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.wording import LANGUAGES, catalogue_of
from dimchat.wording.cells import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.model import Pack, Reply
    from dimchat.wording import Catalogue


def words_for(reply: Reply, pack: Pack, words: Catalogue | None) -> Catalogue:
    """Return what dimchat says around a reply: in the reply's language, whatever the face around it speaks.

    Args:
        reply: What is shown.
        pack: The answer set.
        words: Those of the face; None for the language of the pack.
    """
    given = words or catalogue_of(pack.language)
    return given if reply.spoken in ("", pack.language) else around(reply, given)


def around(reply: Reply, words: Catalogue) -> Catalogue:
    """Return what dimchat says around a reply: the words of a face, unless the reply speaks another language."""
    if not reply.spoken or words.language not in LANGUAGES:
        return words
    own = catalogue_of(reply.spoken)
    return words if own.language == words.language else own


def name_of(language: str) -> str:
    """Return what a language calls itself; its code where dimchat does not know that.

    >>> name_of("es"), name_of("en-GB"), name_of("fr")
    ('Español', 'English', 'fr')
    """
    words = catalogue_of(language)
    own = language.partition("-")[0].lower()
    return words("page.language_name") if words.language == own else language


def named_language(languages: Iterable[str], named: str) -> str | None:
    """Return the language that a person names by its code, by its own name or by its name in another one.

    >>> named_language(("en", "es"), "Spanish"), named_language(("en", "es"), "español"), named_language(("en",), "es")
    ('es', 'es', None)
    """
    wanted = named.strip().casefold()
    languages = tuple(languages)
    for language in languages:
        code = language.partition("-")[0].lower()
        known = {language.casefold(), code, name_of(language).casefold()}
        known |= {catalogue_of(other).below("reply.language").get(code, code).casefold() for other in languages}
        if wanted in known:
            return language
    return None


def languages_told(languages: Iterable[str], words: Catalogue) -> str:
    """Return the sentence that says which languages there are."""
    named = [f"{name_of(language)} ({language})" for language in languages]
    return words("reply.languages", languages=listed(named, words))
