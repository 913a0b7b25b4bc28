"""The two digests of a pack, over what was parsed, so that line ends, comments and quotes change neither."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from dimchat.model import FIRST, GROUPS, SURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dimchat.model import Intent, OutsideGroup, Pack, Phrase, Words
    from dimchat.tables import Table


_LATER = ("wordings", "metadata", "language")
"""Fields that count where there is something in them, so that the digest of a pack without stays what it was."""


def digest(pack: Pack) -> str:
    """Return the SHA-256 of all that a reply can show or hang on, in hexadecimal: also answers, sources, calibration.

    Args:
        pack: A loaded pack; its own `digest` and `fingerprint`, and the places of things in files, count for nothing.
    """
    calibration, untold = pack.calibration, [group.id for group in pack.outside if not group.told]
    return _sha256(
        [
            _learnt(pack),
            [
                pack.name,
                pack.title,
                pack.version,
                pack.language,
                pack.default_topic,
                pack.elsewhere,
                _words(pack.words),
            ],
            [without_places(category) for category in pack.categories],
            [[intent.category, intent.next] for intent in pack.own],
            [[intent.id, intent.title, intent.cues, intent.unless] for intent in pack.intents if intent.lent],
            *([[_group(group) for group in pack.general]] if pack.general else ()),
            [without_places(answer) for answer in pack.answers],
            pack.texts,
            [without_places(source) for source in pack.sources],
            *([[_table(table) for table in pack.tables]] if pack.tables else ()),
            *filter(None, ([without_places(value) for value in pack.values], pack.readers, pack.contact)),
            *([pack.sure] if pack.sure != SURE else ()),
            *([["first", pack.first]] if pack.first != FIRST else ()),
            # By their own digests, which tell nothing of this one.
            *([[[one.language, digest(one)] for one in pack.spoken]] if pack.spoken else ()),
            *([["untold", untold]] if untold else ()),
            None
            if calibration is None
            else [
                calibration.floor,
                calibration.margin,
                calibration.weights,
                # Left out where there are none, so that the digest of a pack with what ships stays what it was.
                *filter(None, (calibration.followups, calibration.thresholds, calibration.meaning)),
            ],
        ]
    )


def learning_digest(pack: Pack) -> str:
    """Return the SHA-256 of all that is learnt from, in hexadecimal: index and calibration are keyed to it.

    Those are titles, phrases, near misses, cues, vocabulary and outside groups, in their order; not what the base under
    every pack adds, which is a matter of dimchat's version.

    Args:
        pack: As for `digest`.
    """
    return _sha256(_learnt(pack))


def base_digest(pack: Pack) -> str:
    """Return the SHA-256 of what the base under every pack adds to what is learnt or looked up, in hexadecimal.

    Args:
        pack: As for `digest`.
    """
    spoken = [one for one in pack.intents if one.category in GROUPS]
    return _sha256([[_learnt_of(one) for one in spoken], [_group(group) for group in pack.general]])


def _learnt(pack: Pack) -> list[Any]:
    vocabulary = pack.vocabulary
    return [
        [_learnt_of(one) for one in pack.own if one.phrases],  # without any, nobody has translated it
        [_group(group) for group in pack.outside],
        [without_places(topic) for topic in vocabulary.topics],
        [without_places(aspect) for aspect in vocabulary.aspects],
        [vocabulary.synonyms, vocabulary.filler, vocabulary.sets],
        # Left out where there are none, so that packs without keep what they have learnt.
        *([vocabulary.slots] if vocabulary.slots else ()),
    ]


def _group(group: OutsideGroup) -> list[Any]:
    return [group.id, group.title, _texts(group.phrases)]


def _learnt_of(one: Intent) -> list[Any]:
    # What it follows counts where it follows something, so that the digest of a pack without stays what it was.
    learnt = [one.id, one.title, _texts(one.phrases), _texts(one.not_), one.cues, one.unless]
    return [*learnt, one.follows] if one.follows else learnt


def _words(words: Words) -> tuple[object, ...]:
    # The last is left out where there is none, so that the digest of a pack without it stays what it was.
    return tuple(words) if words.unknown else words[:-1]


def _table(table: Table) -> list[Any]:
    return [[one.name, getattr(table, one.name)] for one in fields(table) if one.name != "place"]


def _texts(phrases: Iterable[Phrase]) -> list[str | list[str]]:
    # Named only where there is one, so that the digest of a pack without authors stays what it was.
    return [[phrase.text, phrase.by] if phrase.by else phrase.text for phrase in phrases]


def without_places(value: Any) -> list[Any]:  # noqa: ANN401 - any named tuple of the model
    """Return the fields of a record with their names, but for where it stands and what is left out while empty."""
    # By the names of the fields: a field that is added to the model counts from then on.
    parts = value._asdict().items()
    return [[name, part] for name, part in parts if not name.endswith("place") and (part or name not in _LATER)]


def _sha256(parts: Sequence[Any]) -> str:
    # Dates are all that JSON does not know; escapes keep lone surrogates apart, which UTF-8 could not hold.
    return hashlib.sha256(json.dumps(parts, default=str, separators=(",", ":")).encode()).hexdigest()
