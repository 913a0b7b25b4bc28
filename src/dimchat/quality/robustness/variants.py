"""Variants of a question: some mean the same, some must not be taken for it.

Each is a function of a text and a random generator that returns the variant, or None where it does not apply. Testing
by relations between inputs instead of by expected outputs is called metamorphic: T. Y. Chen, S. C. Cheung, S. M. Yiu,
"Metamorphic Testing: A New Approach for Generating Next Test Cases", 1998; for language, with the same two sorts:
M. T. Ribeiro, T. Wu, C. Guestrin, S. Singh, "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList", 2020.
"""

from __future__ import annotations

import random
import re
import string
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dimchat.dialogue.understand.slot_finder import SlotFinder
from dimchat.language.english import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dimchat.model import Pack

    Change = Callable[[str, random.Random], str | None]

_LONG_ENOUGH = 5
"""Words of fewer letters are other words when a letter changes (pay, day)."""
_FRAMES = ("hi, {}", "hello, {}", "excuse me, {}", "quick question, {}", "{} please", "{}, thank you", "{}, thanks")
_ASKING = ("please tell me {}", "could you please tell me {}", "i would like to know {}", "i was wondering {}")
"""Frames for what begins with a question word."""
_QUESTION = re.compile(r"(?:how|what|when|where|which|who|why)\b", re.IGNORECASE)
_FILLERS = ("um", "uh", "okay so", "so", "well")
_PREPOSITIONS = frozenset({"after", "as", "at", "before", "during", "for", "from", "in", "on", "with", "without"})
_REFUSALS = (
    "i do not want to know {}",
    "don't tell me {}",
    "i am not asking {}",
    "anything but {}",
)
_AUXILIARY = re.compile(
    r"^(?P<head>(?:how|why|when|where)\b(?: \w+)? (?:do|does|did|can|could|should|would|will|must) "
    r"(?:i|you|we|they|he|she|one|a \w+|the \w+|\w+s))\b(?! not\b)(?P<rest> .+)$",
    re.IGNORECASE,
)
_EVEN_HANDED = frozenset(
    {"and", "or", "vs", "versus", "between", "both", "differ", "difference", "compare", "compared", "either"}
)
"""Where one of these stands between or before two names, changing places changes nothing."""
_PUNCTUATION = str.maketrans(dict.fromkeys(string.punctuation.replace("'", "").replace("-", ""), " "))


class Kind(NamedTuple):
    """A way to vary a question."""

    name: str
    change: Change
    keeps: bool = True
    """Whether the variant must get the same answer; else it must get another one, or none."""
    topic: bool = False
    """Whether it only fits a question that names the topic of its answer."""
    row: bool = False
    """Whether it asks the same of another row, which must not be answered with the first one."""


def kinds(pack: Pack) -> tuple[Kind, ...]:
    """Return the kinds of variants for questions to a pack, those that must keep the answer first."""
    names = Names(pack)
    return (
        Kind("case", letter_case),
        Kind("punctuation", punctuation),
        Kind("typo", typo),
        Kind("doubled", doubled),
        Kind("dropped", dropped),
        Kind("swapped", swapped),
        Kind("politeness", politeness),
        Kind("word-order", word_order),
        Kind("spelling", spelling),
        Kind("dictation", dictation),
        Kind("negation", negation, keeps=False),
        Kind("roles", names.exchanged, keeps=False),
        Kind("other-topic", names.replaced, keeps=False, topic=True),
        Kind("other-row", partial(_other_value, SlotFinder(pack.vocabulary), pack), keeps=False, row=True),
    )


def letter_case(text: str, rng: random.Random) -> str | None:
    """Return the text in capitals, in lower case, or with a capital on each word; one that differs from it."""
    return _one_of([text.upper(), text.lower(), string.capwords(text)], text, rng)


def punctuation(text: str, rng: random.Random) -> str | None:
    """Return the text with other marks around and in it; apostrophes are left out or curled."""
    bare = text.rstrip("?!. ")
    straight = text.replace("'", "") if "'" in text else text
    curled = text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    return _one_of(
        [bare, f"{bare}?", f"{bare}??", f"{bare}...", f"{bare} ?!", f'"{bare}"', straight, curled], text, rng
    )


def typo(text: str, rng: random.Random) -> str | None:
    """Return the text with one letter of a longer word replaced by its neighbour on the keyboard."""
    return _in_a_word(text, rng, lambda word, at: word[:at] + rng.choice(neighbours(word[at].lower())) + word[at + 1 :])


def doubled(text: str, rng: random.Random) -> str | None:
    """Return the text with one letter of a longer word typed twice."""
    return _in_a_word(text, rng, lambda word, at: word[:at] + word[at] + word[at:])


def dropped(text: str, rng: random.Random) -> str | None:
    """Return the text with one letter of a longer word left out."""
    return _in_a_word(text, rng, lambda word, at: word[:at] + word[at + 1 :])


def swapped(text: str, rng: random.Random) -> str | None:
    """Return the text with a letter of a longer word and the one before it in each other's place."""
    return _in_a_word(text, rng, lambda word, at: _exchanged(word, max(at, 2)))


def politeness(text: str, rng: random.Random) -> str | None:
    """Return the text with a polite frame."""
    bare = text.rstrip("?!. ")
    frames = _FRAMES + _ASKING if _QUESTION.match(bare) else _FRAMES
    return rng.choice(frames).format(bare) if bare.strip() else None


def word_order(text: str, rng: random.Random) -> str | None:
    """Return the text with a part that begins with a preposition moved to the front."""
    words = text.rstrip("?!. ").split()
    places = [at for at, word in enumerate(words) if word.lower() in _PREPOSITIONS and 1 < at < len(words) - 1]
    if not places:
        return None
    at = rng.choice(places)
    return " ".join(words[at:] + words[:at])


def spelling(text: str, _: random.Random) -> str | None:
    """Return the text with the words that Britain and America spell differently in the other spelling."""
    other = re.sub(r"[A-Za-z]+(?:-[A-Za-z]+)*", lambda word: respelt(word[0]), text)
    return other if other != text else None


def dictation(text: str, rng: random.Random) -> str | None:
    """Return the text as a dictation writes it down: no marks, no capitals, a filler first."""
    words = text.lower().translate(_PUNCTUATION).split()
    return " ".join([rng.choice(_FILLERS), *words]) if words else None


def negation(text: str, rng: random.Random) -> str | None:
    """Return the text refused outright or, in a how, why, when or where, with its verb denied."""
    bare = text.rstrip("?!. ")
    if not bare.strip() or re.search(r"\b(?:not|no|never|without|nothing)\b|n['\u2019]?t\b", bare, re.IGNORECASE):
        return None
    choices = [frame.format(bare) for frame in _REFUSALS]
    found = _AUXILIARY.match(bare)
    if found:
        choices += [f"{found['head']} not{found['rest']}"] * len(_REFUSALS)
    return rng.choice(choices)


def _other_value(finder: SlotFinder, pack: Pack, text: str, rng: random.Random) -> str | None:
    """Return the text with its one value of a slot replaced by another; None where there is not one."""
    found = finder.find(text) if finder else ()
    if len(found) != 1 or len(found[0].values) != 1:
        return None
    others = [value for value in pack.slot[found[0].slot].values if value.id not in found[0].values]
    return text[: found[0].start] + rng.choice(others).names[0] + text[found[0].end :] if others else None


class Names:
    """The names of a pack's topics, to be found in questions and put in each other's place."""

    def __init__(self, pack: Pack) -> None:
        """Take the names of all topics; one that two topics share is no name of either."""
        owner: dict[str, str | None] = {}
        self._first: dict[str, str] = {}
        self._kind: dict[str, str] = {}
        for topic in pack.vocabulary.topics:
            self._first[topic.id] = topic.names[0]
            self._kind[topic.id] = topic.kind
            for name in topic.names:
                key = name.casefold()
                owner[key] = topic.id if owner.get(key, topic.id) == topic.id else None
        self._owner = {name: topic for name, topic in owner.items() if topic is not None}
        longest_first = sorted(self._owner, key=lambda name: (-len(name), name))
        self._pattern = re.compile(
            rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)" if longest_first else r"(?!)", re.IGNORECASE
        )

    def found(self, text: str) -> list[tuple[str, int, int]]:
        """Return the topics that a text names, with where each name starts and ends."""
        return [(self._owner[one[0].casefold()], *one.span()) for one in self._pattern.finditer(text)]

    def exchanged(self, text: str, _: random.Random) -> str | None:
        """Return the text with its two topics in each other's place.

        None where it does not name exactly two, where they are of different kinds, or where their order means nothing.
        """
        match self.found(text):
            case [(one, a, b), (other, c, d)] if one != other and self._kind[one] == self._kind[other]:
                words = set(re.findall(r"\w+", text[:c].casefold()))
                if _EVEN_HANDED & words:
                    return None
                return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
        return None

    def replaced(self, text: str, rng: random.Random) -> str | None:
        """Return the text with its one topic replaced by another of the same kind; None where there is no such."""
        match self.found(text):
            case [(one, start, end)]:
                others = [topic for topic, kind in self._kind.items() if kind == self._kind[one] and topic != one]
                return text[:start] + self._first[rng.choice(others)] + text[end:] if others else None
        return None


def _in_a_word(text: str, rng: random.Random, change: Callable[[str, int], str]) -> str | None:
    """Return the text with one longer word of content changed behind its first letter."""
    parts = re.split(r"(\W+)", text)
    places = [
        at
        for at, part in enumerate(parts)
        if part.isascii() and part.isalpha() and len(part) >= _LONG_ENOUGH and part.lower() not in FUNCTION_WORDS
    ]
    if not places:
        return None
    at = rng.choice(places)
    for _ in range(_TRIES):
        other = change(parts[at], rng.randrange(1, len(parts[at])))
        if other != parts[at]:
            return "".join([*parts[:at], other, *parts[at + 1 :]])
    return None


def _exchanged(word: str, at: int) -> str:
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


_TRIES = 5
"""How often a slip that changes nothing (two like letters in each other's place) is tried elsewhere in the word."""


def _one_of(choices: Sequence[str], text: str, rng: random.Random) -> str | None:
    other = [choice for choice in dict.fromkeys(choices) if choice != text]
    return rng.choice(other) if other else None


ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST = 3
"""Words of fewer letters are left alone."""
SHARE = 0.15
"""The share of words that get one edit in a misspelt copy, as in the public sets of typos."""


def neighbours(letter: str) -> str:
    """Return the letters beside and above or below this one on a keyboard; what is no letter has only itself."""
    for row, keys in enumerate(ROWS):
        at = keys.find(letter)
        if at >= 0:
            near = [keys[i] for i in (at - 1, at + 1) if 0 <= i < len(keys)]
            near += [ROWS[r][at] for r in (row - 1, row + 1) if 0 <= r < len(ROWS) and at < len(ROWS[r])]
            return "".join(near)
    return letter


def misspelt(text: str, seed: int) -> str:
    """Return the text with some words misspelt; the same text and seed give the same copy."""
    rng = random.Random(f"{seed}:{text}")  # noqa: S311 - a reproducible copy, no secret
    return " ".join(edited(word, rng) if rng.random() < SHARE else word for word in text.split(" "))


def edited(word: str, rng: random.Random) -> str:
    """Return the word with one substitution, insertion, deletion or transposition on neighbouring keys."""
    if sum(letter.isalpha() for letter in word) < SHORTEST:
        return word
    at = rng.randrange(len(word))
    near = rng.choice(neighbours(word[at].lower()))
    match rng.randrange(4):
        case 0:
            return word[:at] + near + word[at + 1 :]
        case 1:
            return word[:at] + near + word[at:]
        case 2:
            return word[:at] + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


_PAIRS = """
aging/ageing analog/analogue analyze/analyse anesthesia/anaesthesia anesthesiologist/anaesthesiologist
anesthetic/anaesthetic authorization/authorisation authorize/authorise behavior/behaviour canceled/cancelled
canceling/cancelling catalog/catalogue center/centre centers/centres color/colour counseling/counselling
counselor/counsellor defense/defence dialog/dialogue diarrhea/diarrhoea emphasize/emphasise enroll/enrol
enrollment/enrolment esophagus/oesophagus estrogen/oestrogen favor/favour favorite/favourite fetal/foetal fetus/foetus
fiber/fibre finalize/finalise fulfill/fulfil gray/grey gynecologist/gynaecologist gynecology/gynaecology
hematology/haematology honor/honour judgment/judgement labeled/labelled labor/labour leukemia/leukaemia liter/litre
maneuver/manoeuvre meter/metre minimize/minimise mom/mum neighbor/neighbour optimize/optimise
organization/organisation organizational/organisational organizations/organisations organize/organise
organized/organised orthopedic/orthopaedic pediatric/paediatric pediatrics/paediatrics prioritize/prioritise
program/programme programs/programmes realize/realise recognize/recognise recognized/recognised skillful/skilful
specialization/specialisation specialize/specialise specialized/specialised specialty/speciality
standardize/standardise summarize/summarise tumor/tumour traveled/travelled traveling/travelling
utilization/utilisation utilize/utilise license/licence licenses/licences
"""
TO_BRITISH = dict(pair.split("/") for pair in _PAIRS.split())
"""American to British."""
TO_AMERICAN = {british: american for american, british in TO_BRITISH.items()}
"""British to American."""


def respelt(word: str) -> str:
    """Return a word in the other spelling, in lower case, or the word itself where both are the same."""
    plain = word.lower()
    other = TO_BRITISH.get(plain) or TO_AMERICAN.get(plain)
    return word if other is None or other == plain else other
