"""The questions that one message holds, told by its punctuation and by the words that join them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from dimchat.language.english import (
    AFTER_YEARS,
    ASKING,
    ASKING_WITHIN,
    COMPARING,
    CONDITIONS,
    IF_SO,
    INVERTING,
    JOINS,
    LINKS,
    PRONOUNS,
    QUESTION_WORDS,
    REPORTED,
    SOFTENERS,
    SUBJECTS,
    TELLING,
    TELLS_MORE,
    WISHING,
    WISHING_TO_KNOW,
)
from dimchat.language.grammar import unframed
from dimchat.language.tokens import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST = 4
"""So many questions of one message are told apart; what holds more is read as one."""
MOST_LINES = 12
"""So many lines are told apart."""
_FEW = 4
"""A line of two to so many words can be a question without saying so: "cra renewal"."""
_BULLET = re.compile(r"\s*(?:[-*\u2022\u2013]|[(]?[0-9]{1,2}[.)])\s+")
_ITEM = re.compile(r"(?:^|(?<=\s))[(]?[1-9][.)](?=\s)")
"""The number of an item of a list."""
_END = re.compile(r"(?<=[?!;])\s*(?![?!])|(?<=[^\W_]{2}[.])\s+|\n+")
_LONGEST_NAMING, _LONGEST_NAMED = 8, 5
"""Before and after what joins two names there are at most so many words: a longer one is a story."""
_FIRST = 8
"""Within so many words a clause asks that tells something first: "I was wondering what ..."."""
_SENTENCE = re.compile(rf"{_END.pattern}|(?<=\d[.])\s+|\s-+\s|\u2026\s*")
_PIECE = re.compile(rf",\s+|:\s+|\s+(?=(?:{TELLS_MORE})\s)|{AFTER_YEARS}", re.IGNORECASE)
_CLAUSE = re.compile(rf"{_SENTENCE.pattern}|[,:]\s+")
_WISHING = re.compile(WISHING, re.IGNORECASE)
_WISHING_TO_KNOW = re.compile(WISHING_TO_KNOW)
_THIS_TALK = r"(?:gears|tracks|(?:the )?(?:subjects?|topics?))"
_ANNOUNCING = re.compile(
    rf"(?:(?:(?:can|could|may|shall) we|let us) (?:just |please |now )?"
    rf"(?:(?:talk|speak|chat) (?!to|with)|discuss|(?:go|get|come|circle) (?:back to|over)|(?:move|go) on"
    rf"|(?:shift|switch|change) {_THIS_TALK})"
    rf"|(?:(?:can|could|may|might|mind if) i|let me|lemme) (?:just |please |also )?"
    rf"(?:(?:shift|switch|change) {_THIS_TALK}|(?:be|speak) (?:honest|frank|real|plain)(?: with you|$)|pick your brain"
    rf"|(?:ask|run|throw|bring)\b(?: up| you| by)* "
    rf"(?:it|this|that|something|(?:a|an|one|another)\b.{{0,20}} (?:question|thing)|about \w+(?: \w+)?$|$)"
    rf"|(?:ask|put|say|try) (?:it|this|that) (?:again|another|differently|plain|more|better|in)|ask you$)"
    rf"|(?:do you have|have you got|you got|got|i have|i have got|i got) "
    rf"(?:time|(?:a|one|two|another|some)\b.{{0,12}} (?:questions?|things?|minute|second|sec))"
    rf"|(?:one|next|last|another|other)\b.{{0,12}} (?:question|thing))"
)
"""What announces a question and asks none, of words as `tokens.words` gives them: "can we talk money for a minute"."""
_LONGEST_ANNOUNCING = 10
_ASIDE = re.compile(r"\s*\([^()]*\)")
_WHAT_WE = (["what", "i"], ["what", "we"], ["what", "worries"], ["what", "bothers"], ["what", "scares"])
_TELLING_WHAT = re.compile(r"what (?:i|we|worries|bothers|scares)\b.* (?:is|was) (?:that|the|my|our|an?)\b")
"""What begins like a question and tells something: "what I worry about is that they are my friends"."""
_VERBS = INVERTING | {"means", "meant", "makes", "made"}
OR = "or"
_BEING = frozenset(("is", "are", "was", "were"))
_LONGEST_SUBJECT = 4
"""So many words with the verb before "also what" are no question of their own: "is that also what they ask"."""
_SHORT = 3
"""What stands behind a clause that asks, and has so many words at most, is part of it."""


def split_questions(text: str) -> list[str]:
    """Return the questions that one message holds, in order; the message alone where it holds one.

    What is told on the way ("I am a nurse."), or announces a question ("Can we talk money?"), stays with the question
    after it, or with the last one.

    >>> split_questions("what is the CRA and how do I get it")
    ['what is the CRA', 'how do I get it']
    >>> split_questions("I am a nurse. Is that enough, and what does it pay?")
    ['I am a nurse. Is that enough', 'what does it pay?']
    """
    parts: list[str] = []
    told = ""
    for clause, is_item in _clauses(text):
        whole = f"{told} {clause}".strip()
        told = ""
        asks = (clause.endswith("?") and len(words(clause)) > 1) or _asks(clause)
        if parts and not is_item and words(clause)[:1] == [OR]:
            # "Is a degree needed? Or will experience do?" asks one thing.
            parts[-1] = f"{parts[-1]} {whole}"
        elif is_item or (asks and not _announces(clause)):
            parts.append(whole)
        else:
            told = whole
    if told and parts:
        parts[-1] = f"{parts[-1]} {told}"
    return parts if 1 < len(parts) <= MOST else [text]


def asked(text: str) -> str | None:
    """Return what a message asks and wishes, without what it tells besides; None where it tells nothing.

    >>> asked("MRI tech for eight years, four as lead. I want the supervisor job, where do I start?")
    'I want the supervisor job where do I start?'
    """
    sentences = [sentence.strip() for sentence in _SENTENCE.split(text) if words(sentence)]
    sentences = [sentence for sentence in sentences if not _announces(sentence)] or sentences
    kept = [piece for sentence in sentences for piece in _asking_pieces(sentence)] or sentences[-1:]
    found = " ".join(kept)
    return found if len(words(found)) < len(words(text)) else None


def from_first_asking(text: str) -> str:
    """Return a question without the sentences that come before the first that asks.

    >>> from_first_asking("I am in HR and never hired for radiology. What should I put down?")
    'What should I put down?'
    """
    sentences = [sentence.strip() for sentence in _SENTENCE.split(text) if words(sentence)]
    first = next((at for at, one in enumerate(sentences) if one.endswith("?") or _asks(one)), 0)
    return " ".join(sentences[first:])


def unannounced(text: str) -> str:
    """Return a message without the sentences that only announce a question, if it has others.

    >>> unannounced("Great. Can we talk money for a minute? What is the range?")
    'Great. What is the range?'
    """
    sentences = [sentence.strip() for sentence in _SENTENCE.split(text) if words(sentence)]
    kept = [sentence for sentence in sentences if not _announces(sentence)]
    return " ".join(kept) if any(map(_asks, kept)) and len(kept) < len(sentences) else text


def without_asides(text: str) -> str:
    """Return a message without what stands in brackets, if that is a clause and not a name: "(MRI)".

    >>> without_asides("My friends (we met at work) are on my team, and the CRA (or CIIP) helps")
    'My friends are on my team, and the CRA (or CIIP) helps'
    """
    return _ASIDE.sub(lambda found: "" if len(words(found[0])) > _SHORT else found[0], text)


def told_first(text: str) -> str:
    """Return what stands before the last clause of a message; nothing where it is of one.

    >>> told_first("I only have an associate degree, would that hold me back?")
    'I only have an associate degree'
    """
    pieces = [piece for piece in _CLAUSE.split(text) if words(piece)]
    return ", ".join(pieces[:-1])


def _cries(found: Sequence[str]) -> bool:
    """Return whether words are a cry: "what a relief"."""
    return found[:1] == ["what"] and not {"a", "an"}.isdisjoint(found[1:2])


def _relates(found: Sequence[str]) -> bool:
    """Return whether words go on about what was just named: ", who was the one fretting"."""
    return found[:1] in (["who"], ["which"]) and not _BEING.isdisjoint(found[1:2])


def _tells(at: int, found: Sequence[str]) -> bool:
    """Return whether the words of a piece without a question mark tell something, though they may seem to ask."""
    return _cries(found) or (at > 0 and _relates(found))


def _asking_pieces(sentence: str) -> list[str]:
    """Return the pieces of a sentence that ask or wish something; of one that ends so, its last piece at least."""
    pieces = [piece.strip() for piece in _PIECE.split(sentence) if words(piece)]
    asks = [_asks_first(words(piece)) or bool(_WISHING.search(piece)) for piece in pieces]
    if sentence.endswith("?") and not any(asks):
        asks[-1] = True
    if not sentence.endswith("?"):
        asks = [asks[at] and not _tells(at, words(piece)) for at, piece in enumerate(pieces)]
    return [
        piece for at, piece in enumerate(pieces) if asks[at] or (at and asks[at - 1] and len(words(piece)) <= _SHORT)
    ]


def _announces(sentence: str) -> bool:
    """Return whether a sentence only says that a question is to come."""
    frames, found = unframed(words(sentence))
    return len(found) <= _LONGEST_ANNOUNCING and ("return" in frames or bool(_ANNOUNCING.match(" ".join(found))))


def split_lines(text: str) -> list[str]:
    r"""Return the lines of a message where each is a question of its own, as in a pasted list; else all as one.

    A line is one that ends or begins as a question does, or has few words; the lines of a paragraph are neither.

    >>> split_lines("1. What is the CRA?\n2. how do I renew it\n3. cra cost")
    ['What is the CRA?', 'how do I renew it', 'cra cost']
    >>> len(split_lines("I run the CT room of a hospital.\nWhat does a manager do?"))
    1
    """
    lines = [_BULLET.sub("", line).strip() for line in text.splitlines() if words(line)]
    own = all(line.endswith("?") or not ASKING.isdisjoint(words(line)[:1]) or _is_brief(line) for line in lines)
    return lines if own and 1 < len(lines) <= MOST_LINES else [text]


def _is_brief(line: str) -> bool:
    return 1 < len(words(line)) <= _FEW and line[-1] not in ".,;:"


def split_names(text: str) -> Iterator[tuple[str, str]]:
    """Yield each way in which a question that is not asked twice may still be about two things: "pay and hours".

    A comma parts things only where a join follows: what stands apart by itself ("AHRA, the first of those") is one.

    >>> list(split_names("explain HIPAA, EMTALA and ALARA please"))[0]
    ('explain HIPAA', 'EMTALA and ALARA please')
    """
    tokens = text.split()
    joins = [at for at, token in enumerate(tokens) if _joins(token)]
    if not joins or not COMPARING.isdisjoint(words(text)):
        return
    for at in range(1, len(tokens)):
        if at in joins:
            before, after = tokens[:at], tokens[at + 1 :]
        elif tokens[at - 1].endswith(",") and at < joins[-1]:
            before, after = tokens[:at], tokens[at:]
        else:
            continue
        while after and (_joins(after[0]) or after[0].casefold() in LINKS):
            after = after[1:]
        first, second = words(" ".join(before)), words(" ".join(after))
        says = not second or not PRONOUNS.isdisjoint(second) or not ASKING.isdisjoint(second)
        if not says and 0 < len(first) <= _LONGEST_NAMING and len(second) <= _LONGEST_NAMED:
            yield " ".join(before).rstrip(","), " ".join(after)


def _clauses(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the clauses of a message, each with whether it is a question whatever it begins with: an item of a list."""
    items = [found.span() for found in _ITEM.finditer(text)]
    if len(items) > 1:
        ends = [start for start, _ in items[1:]] + [len(text)]
        if words(text[: items[0][0]]):
            yield text[: items[0][0]].strip(), False
        for (_, start), end in zip(items, ends, strict=True):
            yield text[start:end].strip(" ,;"), True
        return
    for sentence in _END.split(text):
        if words(sentence):
            yield from _at_joins(sentence.strip())


def _at_joins(sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield the clauses of a sentence: each but the first begins with a word that asks, after a comma or a join.

    With each comes whether it is a question though it may not begin like one.
    """
    tokens = sentence.split()
    start = 0
    for at in range(1, len(tokens)):
        joined = tokens[at - 1].endswith(",") or _joins(tokens[at - 1])
        if at <= start or not joined or not _begins(tokens[at:]) or _goes_on(tokens, start, at):
            continue
        before = tokens[start:at]
        while before and (_joins(before[-1]) or before[-1].casefold() in LINKS):
            before = before[:-1]
        text = " ".join(before)
        left = words(text)
        if tokens[at - 1].casefold() == "also" and len(left) <= _LONGEST_SUBJECT and not _BEING.isdisjoint(left[:1]):
            continue
        seeks = _seeks(left, words(tokens[at])[:1], joined=len(before) < at - start)
        if left and left[-1] not in QUESTION_WORDS and (seeks or _asks(text)):
            yield text.rstrip(","), seeks
            start = at
    yield " ".join(tokens[start:]), False


def _goes_on(tokens: Sequence[str], start: int, at: int) -> bool:
    """Return whether what seems to begin a question goes on with what is told: "my age, which is forty".

    "What I worry about, really, is that they are my friends" tells something as well.

    Args:
        tokens: The sentence.
        start: Where its clause begins.
        at: Where a question seems to begin.
    """
    found = _plainly(words(" ".join(tokens[at : at + 3])))
    if found[:1] == ["which"] and not _joins(tokens[at - 1]) and not _VERBS.isdisjoint(found[1:2]):
        return True
    before = _opened(" ".join(tokens[start:at]))
    return before[:2] in _WHAT_WE and not {"is", "was"}.isdisjoint(found[:1])


def _seeks(found: list[str], then: list[str], *, joined: bool) -> bool:
    """Return whether a clause before another question is one as well, whatever it begins with.

    It wishes to know something, or it names a matter and no more, and is joined to what begins with a question word.

    Args:
        found: Its words.
        then: How the question goes on.
        joined: More than a comma stands between the two.
    """
    if QUESTION_WORDS.isdisjoint(then) and REPORTED.isdisjoint(then):
        return False
    return bool(_WISHING_TO_KNOW.match(" ".join(found))) or (joined and TELLING.isdisjoint(found))


def _begins(tokens: Sequence[str]) -> bool:
    """Return whether some words begin a question, and are more than a question word."""
    found = words(" ".join(tokens))
    found = _plainly(found[2:] if found[:1] == ["if"] and not IF_SO.isdisjoint(found[1:2]) else found)
    return len(found) > 1 and found[0] in ASKING | REPORTED


def _asks(clause: str) -> bool:
    """Return whether a clause asks: with its first word, after a comma, or before long."""
    if clause.endswith("."):
        # "The woman who told me was kind." tells something.
        return not ASKING.isdisjoint(_plainly(words(clause))[:1])
    pieces = clause.split(",")
    told = (n for n in range(1, len(pieces) + 1) if _TELLING_WHAT.match(" ".join(_opened(",".join(pieces[:n])))))
    found = list(enumerate(map(words, pieces)))[next(told, 0) :]
    return any(_asks_first(one) and (clause.endswith("?") or not _tells(at, one)) for at, one in found)


def _opened(text: str) -> list[str]:
    """Return the words of a text without what says how it goes on."""
    return unframed(words(text))[1]


def _asks_first(found: list[str]) -> bool:
    own = _plainly(unframed(found)[1] or found)
    if not own:
        return False
    if own[0] in CONDITIONS and not SUBJECTS.isdisjoint(own[1:2]):
        # "When I was nineteen" tells something.
        return _asks_on_condition(own)
    inverted = found[0] in INVERTING and len(own) < len(found)
    return (
        own[0] in ASKING | REPORTED or inverted or not ASKING_WITHIN.isdisjoint(own[:_FIRST]) or _asks_on_condition(own)
    )


def _plainly(found: list[str]) -> list[str]:
    """Return words without what softens a question at its beginning."""
    return found[1:] if SOFTENERS.isdisjoint(found[1:2]) and not SOFTENERS.isdisjoint(found[:1]) else found


def _asks_on_condition(found: list[str]) -> bool:
    """Return whether a clause begins with a condition and asks after it: "if I hate it can I go back"."""
    asks = any(verb in INVERTING and subject in SUBJECTS for verb, subject in pairwise(found[1:]))
    return asks and found[0] in CONDITIONS


def _joins(token: str) -> bool:
    return token.casefold().strip(",;") in JOINS
