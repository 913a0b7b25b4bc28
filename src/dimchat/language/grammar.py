"""The grammar of messages: frames, refusals, choices, pronouns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dimchat.language.english import (
    AIMED_AT,
    AND,
    AROUND_CHOICE,
    ASKING_SELF,
    AT_ONCE,
    BEFORE_ONE,
    BEFORE_PERIOD,
    BEFORE_TO,
    BEING,
    BESIDE_POST,
    CHOICE_MARK,
    CLAUSE,
    CORRECTED,
    DENIABLE,
    DOING,
    EARNING,
    FUNCTION_WORDS,
    HOLDING,
    HOW_LONG,
    IN_GENERAL,
    INSTEAD,
    LONG_AGO,
    NONE,
    NONE_OF_THESE,
    NOT_KEPT_AFTER,
    NOWADAYS,
    NUMBERS,
    OPENERS,
    PLACES,
    PRONOUNS,
    REFUSALS,
    REFUSING,
    SAME_OF,
    TAILS,
    WORKED,
    YEARS,
)
from dimchat.language.tokens import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dimchat.language.english import Frame

_OPENERS = {tuple(text.split()): frame for frame, texts in OPENERS.items() for text in texts}
_LONGEST_OPENER = max(map(len, _OPENERS))
_REFUSALS = [text.split() for text in REFUSALS]
_NUMBER = re.compile(rf"\s*(?:{CHOICE_MARK}\s*|[#(]\s*)?(\d{{1,9}})\s*[.):]?\s*", re.IGNORECASE)
_CLAUSE, _LONG_AGO, _IN_GENERAL, _AT_ONCE = (
    re.compile(pattern, re.IGNORECASE) for pattern in (f"({CLAUSE})", LONG_AGO, IN_GENERAL, AT_ONCE)
)
_LONGEST_CHOICE = 60
"""A longer message is no choice."""
_SAME = 6
"""Within so many words "same question but for" has come to its end."""
_FORWARD = 5
"""So far ahead "it" points at "to"."""
_SUBJECT = 3
"""So many words before a verb at most stands who does it."""
_SUBJECTS = frozenset(("i", "we", "have", "been"))


def unframed(
    tokens: list[str], openers: Mapping[tuple[str, ...], Frame] | None = None
) -> tuple[list[Frame], list[str]]:
    """Return what the first words of a message say of how it goes on, and what is left without them and its tail.

    Args:
        tokens: The message.
        openers: What begins messages so in its language, beside the English words.

    >>> unframed(["ok", "what", "about", "sonographers", "then"])
    (['link', 'follow'], ['sonographers'])
    """
    frames: list[Frame] = []
    while tokens:
        after = _after_same(tokens)
        if after:
            frames.append("same")
            tokens = tokens[after:]
            continue
        if tokens[0] in REFUSING and len(tokens) > 1 and tokens[1] in CORRECTED:
            frames.append("correct")
            tokens = tokens[1:]
            continue
        if not frames and _OPENERS.get(tuple(tokens[1:3])) == "correct":
            # Whatever sound of dismay stands before "i meant".
            tokens = tokens[1:]
        for size in range(min(_LONGEST_OPENER, len(tokens)), 0, -1):
            first = tuple(tokens[:size])
            frame = _OPENERS.get(first) or (openers or {}).get(first)
            if frame is not None:
                frames.append(frame)
                tokens = tokens[size:]
                break
        else:
            break
    while tokens and tokens[-1] in TAILS:
        tokens = tokens[:-1]
    if tokens[-2:] == ["as", "well"]:
        tokens = tokens[:-2]
    return frames, tokens


def _after_same(tokens: Sequence[str]) -> int:
    """Return where "the same thing but for ..." comes to its matter; 0 where a message does not begin so."""
    if "same" not in tokens[:2] or tokens[0] not in {"the", "same"}:
        return 0
    for at in range(1, min(_SAME, len(tokens) - 1)):
        if tokens[at] in SAME_OF:
            return at + 1
    return 0


def refused(tokens: Sequence[str]) -> list[str] | None:
    """Return what is asked for instead of what a message does not want to know; None where it refuses nothing.

    >>> refused("i do not want to know the salary just the hours".split())
    ['the', 'hours']
    """
    start = 1 if tokens[:1] == ["i"] else 0
    said = next((r for r in _REFUSALS if list(tokens[start : start + len(r)]) == r), None)
    if said is None:
        return None
    at = next((at for at in range(start + len(said), len(tokens)) if tokens[at] in INSTEAD), len(tokens))
    return list(tokens[at + 1 :])


def undenied(tokens: Sequence[str]) -> list[str]:
    """Return a question of yes or no without its "not": what answers it answers the other as well.

    >>> undenied(["is", "a", "degree", "not", "required"]), undenied(["why", "is", "it", "not", "required"])
    (['is', 'a', 'degree', 'required'], ['why', 'is', 'it', 'not', 'required'])
    """
    start = next((at for at, token in enumerate(tokens) if _OPENERS.get((token,)) not in ("link", "follow")), 0)
    if list(tokens).count("not") != 1 or tokens[start] not in DENIABLE:
        return list(tokens)
    at = list(tokens).index("not")
    after = "".join(tokens[at + 1 : at + 2])
    if tokens[at - 1] in NOT_KEPT_AFTER or not after or after.endswith("ing"):
        return list(tokens)
    return [*tokens[:at], *tokens[at + 1 :]]


def of_now(text: str) -> str:
    """Return a text without its clauses that tell of what is long past, or of what may happen to anybody.

    >>> of_now("I had a stroke two years ago, can I still be a tech?")
    'can I still be a tech'
    >>> of_now("who answers for it when something falls and hurts someone")
    ''
    """
    general = not _AT_ONCE.search(text)
    pieces = ["", *_CLAUSE.split(text)]
    kept: list[str] = []
    of_anybody = False
    for join, clause in zip(pieces[::2], map(str.strip, pieces[1::2]), strict=True):
        goes_on = of_anybody and join.casefold() in AND
        of_anybody = general and (goes_on or bool(_IN_GENERAL.search(clause)))
        if clause and not of_anybody and not _LONG_AGO.search(clause):
            kept.append(clause)
    return text if len(kept) == sum(map(bool, map(str.strip, pieces[1::2]))) else ", ".join(kept)


def without_idiom(tokens: list[str]) -> list[str]:
    """Return "what does she make" as "what does she earn": the idiom is a matter of form, not of words."""
    for at, token in enumerate(tokens):
        asks = tokens[0] == "what" or tokens[:2] == ["how", "much"]
        if token in EARNING and asks and (at == len(tokens) - 1 or tokens[at + 1] in BEFORE_PERIOD):
            return [*tokens[:at], "earn", *tokens[at + 1 :]]
    return tokens


def points_back(tokens: Sequence[str], at: int, named: Collection[int]) -> bool:
    """Return whether a word is a pronoun that points at what was said before.

    Args:
        tokens: The message.
        at: The position of the word.
        named: Positions of words that name a topic or an aspect.
    """
    word = tokens[at]
    if word not in PRONOUNS:
        return False
    if word == "this" and at + 1 < len(tokens) and at + 1 not in named and tokens[at + 1] not in FUNCTION_WORDS:
        # "This career" is the one that the pack is about.
        return False
    if word == "these" and not NOWADAYS.isdisjoint(tokens[at + 1 : at + 2]):
        return False
    ahead = range(at + 1, min(at + 1 + _FORWARD, len(tokens)))
    if word == "it" and any(tokens[to] == "to" and tokens[to - 1] not in BEFORE_TO for to in ahead):
        # "How hard is it to ..." points forward.
        return False
    if word == "one":
        return at > 0 and (at == len(tokens) - 1 or tokens[at - 1] in BEFORE_ONE)
    return True


def holds(tokens: Sequence[str], start: int, end: int) -> bool:
    """Return whether somebody says to hold a post or to work in a field, and not to want it.

    Args:
        tokens: The message.
        start: The position of the first word that names it.
        end: The position after the last.

    >>> holds("mri tech for eight years".split(), 0, 2), holds("how do i become an mri tech".split(), 5, 7)
    (True, False)
    """
    at = start - 1
    while at >= 0 and tokens[at] in BESIDE_POST:
        at -= 1
    before = tokens[at] if at >= 0 else ""
    if before in HOLDING:
        return True
    if before == "as":
        return at == 0 or tokens[at - 1] in WORKED or (tokens[at - 1] == "work" and _tells(tokens, at - 1))
    if before in DOING and _tells(tokens, at):
        return True
    return before not in AIMED_AT and (tokens[end : end + 1] == ["here"] or _for_years(tokens[end:]))


def _tells(tokens: Sequence[str], at: int) -> bool:
    """Return whether somebody tells what they do with the verb at a position: "I have done", not "can I do"."""
    said = tokens[max(at - _SUBJECT, 0) : at]
    return not _SUBJECTS.isdisjoint(said) and ASKING_SELF.isdisjoint(said)


def _for_years(tokens: Sequence[str]) -> bool:
    """Return whether words begin with how many years something lasted."""
    at = next((at for at, token in enumerate(tokens) if token in YEARS), 0)
    return at > 0 and all(token in HOW_LONG or token in NUMBERS or token.isdigit() for token in tokens[:at])


def points_at_place(tokens: Sequence[str]) -> bool:
    """Return whether "there" or "here" stands for a place that was named: not "is there", nor "there are".

    >>> points_at_place("what is the pay there".split()), points_at_place("are there jobs".split())
    (True, False)
    """
    beside = [
        (*tokens[max(at - 1, 0) : at], *tokens[at + 1 : at + 2]) for at, word in enumerate(tokens) if word in PLACES
    ]
    return any(BEING.isdisjoint(words_) for words_ in beside)


_AT_HOME = re.compile(
    r"(?:\bhere in"
    r"|\b(?:i|we)(?:['\u2019]?(?:m|re|ve)| am| are| have| live| work| run| manage)\b[^.?!;]{0,60}?"
    r"\b(?:in|from|near|outside)"
    r"|^(?:hi|hello|hey|greetings)\b.{0,12} from)\s+(?:the |[\w'\u2019]+,\s+)?$",
    re.IGNORECASE,
)
"""What stands before the name of a place where the person is; "Kansas City, " may come before the state."""
_NOT_HOME = re.compile(
    r"\b(?:want|wish|hope|hoping|would|could|should|can|do|does|did|if|when|how|what|where|mov\w+|relocat\w+|go|going|"
    r"was|were|used|grew|born|visit\w*|not|no|never)\b|n['\u2019]t\b",
    re.IGNORECASE,
)


def tells_home(before: str) -> bool:
    """Return whether what stands before the name of a place says that the person is there.

    >>> tells_home("I'm a rad tech in "), tells_home("I want to move to "), tells_home("my sister works in ")
    (True, False, False)
    """
    found = _AT_HOME.search(before)
    return found is not None and _NOT_HOME.search(found.group()) is None


_TO_HIRE = r"to (?:hire|recruit|replace|find)"
_SEEKING = rf"(?:hiring|recruiting|interviewing|(?:looking|trying|want|need|have) (?:for|{_TO_HIRE}))"
_LEADING = r"(?:\w+ ){0,4}?(?:manager|director|head|supervisor|administrator|chief|leader|lead(?! tech))s?\b"
_HIRES = re.compile(
    rf"\bwe (?:(?:are|were|have been|will be) (?:now |still |also |currently )?)?{_SEEKING} {_LEADING}"
    rf"|\bi (?:am (?:hiring|recruiting|(?:looking|trying) {_TO_HIRE})|(?:need|want|have) to hire) {_LEADING}"
    rf"|^(?:\w+ )?(?:hiring|recruiting) (?:an?|our|the|my) {_LEADING}"
    r"|(?:^|\b(?:i|we) )(?:need|want|(?:am|are) looking for) (?:someone|somebody|a (?:\w+ )?person) "
    r"(?:to|who (?:can|will|could)) (?:run|head|lead|manage|oversee)\b"
)
"""What says that who asks hires somebody to lead; of words as `tokens.words` gives them."""
_STOPS = re.compile(r"[.,;!?\n]+\s")
_APPLIES = re.compile(r"\b(?:apply|applying|applied)\b")


def hires(text: str) -> bool:
    """Return whether one of the clauses of a message says that who asks hires somebody to lead.

    Args:
        text: As it was typed.

    >>> hires("we are hiring a new imaging manager"), hires("we are hiring two techs")
    (True, False)
    """
    said = [" ".join(words(clause)) for clause in _STOPS.split(text)]
    return any(map(_HIRES.search, said)) and not any(map(_APPLIES.search, said))


def says_to_be(said: str, name: str) -> bool:
    """Return whether a message says that who asks is what a name says.

    Args:
        said: Its words.
        name: In words.

    >>> says_to_be("i am the employer here", "employer"), says_to_be("does my employer pay", "employer")
    (True, False)
    """
    return re.search(rf"\b(?:i am|we are|speaking as|asking as) (?:an? |the )?{re.escape(name)}s?\b", said) is not None


def picked(text: str) -> int | None:
    """Return the number that a message picks from a list: `NONE` of these, `LAST`, None for no pick.

    Args:
        text: The message as it was typed.

    >>> picked("option 2"), picked("the third one please"), picked("none of these"), picked("what is the CRA")
    (2, 3, 0, None)
    """
    if len(text) > _LONGEST_CHOICE:
        return None
    found = _NUMBER.fullmatch(text)
    if found:
        return int(found[1])
    tokens = words(text)
    if " ".join(tokens) in NONE_OF_THESE:
        return NONE
    named = [token for token in tokens if token in NUMBERS]
    # "the second one" holds two number words, and only the first of them picks.
    if named and named[0] != "one" and named[-1] == "one":
        named = named[:-1]
    if len(named) != 1 or any(token not in AROUND_CHOICE and token not in NUMBERS for token in tokens):
        return None
    return NUMBERS[named[0]]
