"""The tables and the stems of German. Words stand as `tokens.words` gives them: in lower case, without marks."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import snowballstemmer


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS: Final = _set(
    "ab aber alle als also am an auch auf aus bei beim bin bis bist da das dass dein deine dem den denn der des "
    "dich die dies diese diesem diesen dieser dieses dir doch du durch ein eine einem einen einer eines er es "
    "euch fur gibt hab habe haben hast hat hier ich ihm ihn ihnen ihr ihre ihrem ihren im in ins ist ja kann "
    "kannst konnen man mein meine meinem meinen mich mir mit nach nicht noch nun nur ob oder sehr sein seine sich "
    "sie sind so soll uber um und uns vom von vor wann war warum was welche welcher welches wem wen wenn wer "
    "werden wie wieso wir wird wo woher wohin zu zum zur"
)
"""Words that alone ask for nothing."""
NEGATIONS: Final = _set("nicht nie niemals kein keine keinen keinem keiner ohne")
"""Words that deny what follows."""
_snowball = snowballstemmer.stemmer("german")


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return a German word without its endings, by Snowball's stemmer (snowballstem.org).

    Args:
        word: In lower case, without marks.

    >>> stem("öffnungszeiten".replace("ö", "o")) == stem("offnungszeit"), stem("karte") == stem("karten")
    (True, True)
    """
    found: str = _snowball.stemWord(word)
    return found
