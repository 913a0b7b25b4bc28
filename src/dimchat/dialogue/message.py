"""What one message says about itself: its frame, pronouns, topics, aspects and the words left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from dimchat.dialogue.lexicon import OVERVIEW
from dimchat.match.normalise import FUNCTION_WORDS, words
from dimchat.match.stem import stem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dimchat.dialogue.lexicon import Lexicon, Mention

Frame = Literal["link", "follow", "same", "return", "correct"]

_FRAMES: tuple[tuple[Frame, str], ...] = (
    ("follow", "what about"),
    ("follow", "wat about"),
    ("follow", "wht about"),
    ("follow", "how about"),
    ("follow", "what of"),
    ("follow", "and"),
    ("follow", "n"),
    ("follow", "or"),
    ("follow", "what if i"),
    ("follow", "more than"),
    ("follow", "less than"),
    ("follow", "is that more than"),
    ("follow", "is it more than"),
    ("follow", "is that less than"),
    ("same", "for"),
    ("return", "back to"),
    ("return", "go back to"),
    ("return", "going back to"),
    ("return", "let us go back to"),
    ("return", "can we go back to"),
    ("return", "coming back to"),
    ("return", "return to"),
    ("return", "returning to"),
    ("correct", "i meant"),
    ("correct", "i mean"),
    ("correct", "i was asking about"),
    ("correct", "i was talking about"),
    ("correct", "i asked about"),
    ("correct", "i asked for"),
    ("correct", "i wanted"),
    ("correct", "i want to know about"),
    ("correct", "i ment"),
    ("correct", "not them"),
    ("correct", "not it"),
    ("correct", "not that one"),
    ("correct", "not that"),
    ("correct", "not this"),
    ("correct", "no not that one"),
    ("correct", "no not that"),
    ("correct", "no that is not what i meant"),
    ("correct", "that is not what i meant"),
    ("correct", "that is not what i asked"),
    ("correct", "no sorry"),
    ("correct", "sorry"),
    ("correct", "actually"),
    ("correct", "rather"),
    ("link", "but"),
    ("link", "ok"),
    ("link", "okay"),
    ("link", "so"),
    ("link", "then"),
    ("link", "also"),
    ("link", "well"),
    ("link", "hm"),
    ("link", "hmm"),
    ("link", "um"),
    ("link", "uh"),
    ("link", "oh"),
    ("link", "ah"),
    ("link", "er"),
    ("link", "ugh"),
    ("link", "oops"),
    ("link", "sry"),
    ("link", "wait"),
    ("link", "cool"),
    ("link", "great"),
    ("link", "nice"),
    ("link", "k"),
    ("link", "now"),
    ("link", "alright"),
    ("link", "all right"),
    ("link", "yes"),
    ("link", "yeah"),
)
_OPENERS = {tuple(text.split()): frame for frame, text in _FRAMES}
_LONGEST = max(len(opener) for opener in _OPENERS)
_TAILS = frozenset({"then", "too", "instead", "again", "though", "please", "pls", "plz"})
_NO_BEFORE = frozenset({"i", "the", "not", "no", "sorry", "actually", "what", "how", "that", "it", "rather", "wait"})
"""After these "no" corrects; before others ("no experience") it belongs to the question."""
_ARTICLES = frozenset(words("the a an my your their its about of on for with to in at"))
_LEADING = frozenset({"do", "does", "are", "is", "can"})
"""Before a name these ask the question before again: "do sonographers?"."""
_PLAIN = frozenset({"which", "what", "whats", "is", "are", "do", "does"})
THINGS = frozenset({"it", "its", "this", "that"})
PEOPLE = frozenset({"they", "them", "their", "theirs", "he", "she"})
EITHER = frozenset({"those", "these", "ones", "one"})
PRONOUNS = THINGS | PEOPLE | EITHER
VAGUE = frozenset(
    words("""often long much many far soon kind sort type thing things stuff get got need want take takes make know tell
    give say like use one two other else more there here happen happens work works you your us someone somebody
    something really maybe actually way between against during after before while within per across over under""")
)
"""Words that are part of a question's form and name no matter of their own."""
ASKING = frozenset(
    words("""what how when where which who why is are do does did can could should would will may tell explain give
    list describe whats hows""")
)


_BARE_ASKING = frozenset({"what", "how", "why", "which", "when", "where", "who"})
_FEW = 3
_FORWARD = 5
_BEFORE_TO = frozenset({"about", "going", "have", "has", "need", "needs", "able", "used", "want", "supposed"})
"""Before "to" these go with the verb after it, and not with an "it" before them: "it is about to lapse"."""
_BEFORE_ONE = frozenset({"that", "this", "the", "other", "which", "last", "next", "first", "second", "new", "same"})
_REFUSALS = tuple(
    tuple(text.split())
    for text in (
        "do not want to know",
        "do not want to hear",
        "do not need to know",
        "do not care to know",
        "did not want to know",
        "did not ask",
        "do not tell me",
        "stop telling me",
    )
)
_INSTEAD = frozenset({"but", "just", "only", "rather", "instead"})
"""After these comes what is wanted: "I do not want to know the salary, just the hours"."""
_SAME = 6
"""Within so many words "same question but for" has come to its end."""


class Message(NamedTuple):
    """A message, read as far as the pack's vocabulary goes."""

    words: tuple[str, ...]
    """What is left when the frame is off; all of it where nothing would be left."""
    stems: tuple[str, ...]
    frames: tuple[Frame, ...]
    topics: tuple[Mention, ...]
    aspects: tuple[Mention, ...]
    pronouns: tuple[int, ...]
    """Positions of words that point back."""
    residue: tuple[str, ...]
    """Words of content that name no topic and no aspect."""
    rejected: tuple[str, ...]
    """Topics and aspects that the person turned down: "not the CRA"."""

    @property
    def text(self) -> str:
        """Return the message without its frame."""
        return " ".join(self.words)

    @property
    def topic_ids(self) -> tuple[str, ...]:
        """Return the topics that are named, in order."""
        return tuple(dict.fromkeys(topic for mention in self.topics for topic in mention.ids))

    @property
    def aspect_ids(self) -> tuple[str, ...]:
        """Return the aspects that are named, those with the longest cue first.

        "What is" asks for an overview only where nothing else is asked for.
        """
        by_size = sorted(self.aspects, key=lambda mention: mention.start - mention.end)
        named = dict.fromkeys(aspect for mention in by_size for aspect in mention.ids)
        if len(named) > 1:
            named.pop(OVERVIEW, None)
        return tuple(named)

    @property
    def longest_aspect(self) -> bool:
        """Tell whether one aspect has a longer cue than all the others."""
        sizes = sorted((len(m.span) for m in self.aspects if OVERVIEW not in m.ids), reverse=True)
        return len(sizes) == 1 or (len(sizes) > 1 and sizes[0] > sizes[1])

    @property
    def asks_overview(self) -> bool:
        """Tell whether it asks what something is."""
        return any(OVERVIEW in mention.ids for mention in self.aspects)

    @property
    def bare(self) -> bool:
        """Tell whether nothing is there but names and small words such as articles."""
        covered = {at for mention in (*self.topics, *self.aspects) for at in mention.span}
        again = self.words[:1] if not self.aspects and self.words[0] in _LEADING else ()
        return bool(covered) and all(
            at in covered or at in self.pronouns or word in _ARTICLES
            for at, word in enumerate(self.words[len(again) :], start=len(again))
        )

    @property
    def plain(self) -> bool:
        """Tell whether nothing is there but names and the smallest words of a question ("which exam", "what is it")."""
        covered = {at for mention in (*self.topics, *self.aspects) for at in mention.span}
        left = (word for at, word in enumerate(self.words) if at not in covered and at not in self.pronouns)
        return self.bare or (bool(covered) and all(word in _ARTICLES | _PLAIN for word in left))

    @property
    def only_asks(self) -> bool:
        """Tell whether there is nothing but a question word and other small words ("why", "in what", "which one")."""
        small = all(word in ASKING | _ARTICLES | {"one", "so", "not", "come", "that", "it"} for word in self.words)
        return small and not _BARE_ASKING.isdisjoint(self.words) and len(self.words) <= _FEW

    @property
    def empty(self) -> bool:
        """Tell whether it names nothing, points at nothing and asks nothing: "lol ok"."""
        named = self.topics or self.aspects or self.pronouns or self.residue
        return not named and not self.questions

    @property
    def questions(self) -> bool:
        """Tell whether it has a word that asks."""
        return not ASKING.isdisjoint(self.words)

    @property
    def asks(self) -> bool:
        """Tell whether there is a question in it, by its names or by how it begins."""
        return bool(self.topics or self.aspects) or not ASKING.isdisjoint(self.words[:2])

    @property
    def leans(self) -> bool:
        """Tell whether the message points back, by a pronoun or by its frame."""
        return bool(self.pronouns) or self.framed

    @property
    def points_first(self) -> bool:
        """Tell whether it points back before it names a topic: "the one for technologists"."""
        return bool(self.pronouns and self.topics) and self.pronouns[0] < self.topics[0].start

    @property
    def framed(self) -> bool:
        """Tell whether its frame says that it goes on from what came before."""
        return any(frame != "link" for frame in self.frames)


def read(tokens: Sequence[str], lexicon: Lexicon, spelling: Mapping[str, str]) -> Message:
    """Read the words of a message.

    Args:
        tokens: The words, normalised.
        lexicon: The vocabulary of the pack.
        spelling: Misspelt words with what they were probably meant to be.
    """
    frames, left = _unframed(list(tokens))
    left, rejected = _without_rejected(left, lexicon, spelling)
    if rejected:
        frames.append("correct")
    if not left:
        frames, left, rejected = [], list(tokens), ()
    left = _plainly(left)
    stems = tuple(stem(spelling.get(word, word)) for word in left)
    topics, aspects = lexicon.topics(stems), lexicon.aspects(stems)
    aspects = [a for a in aspects if not any(a.span < t.span for t in topics)]
    topics = [t for t in topics if not any(t.span < a.span for a in aspects)]
    named = {at for mention in (*topics, *aspects) for at in mention.span}
    weightless = {at for mention in lexicon.filler(stems) for at in mention.span}
    in_names = {at for mention in topics for at in mention.span}
    pronouns = tuple(at for at in range(len(left)) if at not in in_names and _points_back(left, at, named))
    residue = tuple(
        word
        for at, word in enumerate(left)
        if at not in named and at not in weightless and word not in FUNCTION_WORDS | VAGUE | PRONOUNS
    )
    return Message(
        words=tuple(left),
        stems=stems,
        frames=tuple(dict.fromkeys(frames)),
        topics=tuple(topics),
        aspects=tuple(aspects),
        pronouns=pronouns,
        residue=residue,
        rejected=rejected,
    )


def refused(tokens: Sequence[str]) -> list[str] | None:
    """Return what is asked for instead of what a message does not want to know; None where it refuses nothing.

    Args:
        tokens: The words, normalised.
    """
    start = 1 if tokens[:1] == ["i"] else 0
    said = next((r for r in _REFUSALS if list(tokens[start : start + len(r)]) == list(r)), None)
    if said is None:
        return None
    at = next((at for at in range(start + len(said), len(tokens)) if tokens[at] in _INSTEAD), len(tokens))
    return list(tokens[at + 1 :])


def split(text: str) -> list[str]:
    """Return the questions that one message holds; one where it cannot be told."""
    parts = [part for part in text.replace("\n", " ").split("?") if words(part)]
    if len(parts) == 1:
        parts = [part for part in _at_and(parts[0]) if words(part)]
    return [part.strip() for part in parts] if len(parts) == 2 else [text]  # noqa: PLR2004  two are a pair, three a list


def _at_and(text: str) -> list[str]:
    tokens = text.split()
    for at, token in enumerate(tokens[1:-1], start=1):
        if token.casefold().strip(",;") in {"and", "also", "plus"}:
            before, after = words(" ".join(tokens[:at])), words(" ".join(tokens[at + 1 :]))
            if before and after and not ASKING.isdisjoint(before[:3]) and after[0] in ASKING:
                return [" ".join(tokens[:at]), " ".join(tokens[at + 1 :])]
    return [text]


def _unframed(tokens: list[str]) -> tuple[list[Frame], list[str]]:
    frames: list[Frame] = []
    while tokens:
        after = _after_same(tokens)
        if after:
            frames.append("same")
            tokens = tokens[after:]
            continue
        if tokens[0] in {"no", "nope", "nah"} and len(tokens) > 1 and tokens[1] in _NO_BEFORE:
            frames.append("correct")
            tokens = tokens[1:]
            continue
        if not frames and _OPENERS.get(tuple(tokens[1:3])) == "correct":
            # Whatever sound of dismay stands before "i meant".
            tokens = tokens[1:]
        for size in range(min(_LONGEST, len(tokens)), 0, -1):
            frame = _OPENERS.get(tuple(tokens[:size]))
            if frame is not None:
                frames.append(frame)
                tokens = tokens[size:]
                break
        else:
            break
    while tokens and tokens[-1] in _TAILS:
        tokens = tokens[:-1]
    if tokens[-2:] == ["as", "well"]:
        tokens = tokens[:-2]
    return frames, tokens


def _after_same(tokens: Sequence[str]) -> int:
    """Return where "the same thing but for ..." comes to its matter; 0 where a message does not begin so."""
    if "same" not in tokens[:2] or tokens[0] not in {"the", "same"}:
        return 0
    for at in range(1, min(_SAME, len(tokens) - 1)):
        if tokens[at] in {"for", "about", "with"}:
            return at + 1
    return 0


def _plainly(tokens: list[str]) -> list[str]:
    """Return "what does she make" as "what does she earn": the idiom is a matter of form, not of words."""
    for at, token in enumerate(tokens):
        asks = tokens[0] == "what" or tokens[:2] == ["how", "much"]
        if token in {"make", "makes"} and asks and (at == len(tokens) - 1 or tokens[at + 1] in {"a", "an", "per"}):
            return [*tokens[:at], "earn", *tokens[at + 1 :]]
    return tokens


def _without_rejected(
    tokens: list[str], lexicon: Lexicon, spelling: Mapping[str, str]
) -> tuple[list[str], tuple[str, ...]]:
    """Take "not the CRA" out, at either end of what is left."""
    if "not" not in tokens:
        return tokens, ()
    stems = [stem(spelling.get(word, word)) for word in tokens]
    for mention in (*lexicon.topics(stems), *lexicon.aspects(stems)):
        start = mention.start - 1
        if start > 0 and tokens[start] in {"the", "a", "an"}:
            start -= 1
        if start >= 0 and tokens[start] == "not" and (start == 0 or mention.end == len(tokens)):
            return tokens[:start] + tokens[mention.end :], mention.ids
    return tokens, ()


def _points_back(tokens: Sequence[str], at: int, named: Collection[int]) -> bool:
    word = tokens[at]
    if word not in PRONOUNS:
        return False
    if word == "this" and at + 1 < len(tokens) and at + 1 not in named and tokens[at + 1] not in FUNCTION_WORDS:
        # "This career" is the one that the pack is about.
        return False
    ahead = range(at + 1, min(at + 1 + _FORWARD, len(tokens)))
    if word == "it" and any(tokens[to] == "to" and tokens[to - 1] not in _BEFORE_TO for to in ahead):
        # "How hard is it to ..." points forward.
        return False
    if word == "one":
        return at > 0 and (at == len(tokens) - 1 or tokens[at - 1] in _BEFORE_ONE)
    return True
