"""A version on its way to all stands in waves: one stand, a tenth, all; and back, in one step.

What is said here is written into the channel, signed; stands find their own place in it. The stands of a wave are those
whose place, by hash of version and name, is not beyond its reach: nobody keeps a list of them.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from dimchat.errors import UsageError
from dimchat.release.manifest import WHOLE, Channel, Manifest, Rollout, place_of
from dimchat.release.publishing import renewed
from dimchat.release.stopping import PLANNED
from dimchat.wording import release as words

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from dimchat.release.publishing import Publication
    from dimchat.release.stopping import Evidence

TENTH = 10


def reaches(stands: Collection[str], version: int) -> tuple[int, ...]:
    """Return the reach of each wave: the first stand by its place, a tenth of them, all; what is the same twice is one.

    Args:
        stands: The names of those that there are.
        version: What is rolled out.
    """
    places = sorted(place_of(stand, version) for stand in set(stands))
    tenth = math.ceil(len(places) / TENTH)
    return tuple(dict.fromkeys((places[0], places[tenth - 1], WHOLE)))


def reached(going: Rollout, stands: Collection[str]) -> list[str]:
    """Return the stands that the wave reaches."""
    return sorted(stand for stand in set(stands) if place_of(stand, going.version) <= going.reach)


def planned(going: Rollout) -> int:
    """Return how many questions in all a rollout is planned for by the end of its wave."""
    return PLANNED * (going.wave + 1)


def current(to: Publication) -> Channel:
    """Return what the channel says.

    Raises:
        UsageError: Nothing was published.
    """
    channel = to.channel()
    if channel is None:
        raise UsageError(words.NOTHING_HERE.format(folder=to.folder))
    return channel


def going_in(channel: Channel, to: Publication) -> Rollout:
    """Return the rollout that is on its way.

    Raises:
        UsageError: There is none.
    """
    if channel.rollout is None:
        raise UsageError(words.NO_ROLLOUT.format(folder=to.folder))
    return channel.rollout


def start(to: Publication, stands: Collection[str], now: datetime, *, days: int, version: int | None = None) -> Rollout:
    """Let the first stand take a version that was held back.

    Args:
        to: Where it was published.
        stands: The names of all stands.
        now: With its zone.
        days: How long the channel counts.
        version: Which; None for the newest.

    Raises:
        UsageError: There is nothing to roll out, or something is on its way.
    """
    with to.alone():
        channel = current(to)
        if channel.rollout is not None:
            raise UsageError(words.ROLLOUT_GOING.format(version=channel.rollout.version, state=channel.rollout.state))
        if not channel.version:
            raise UsageError(words.FIRST_AT_ALL)
        wanted = to.next_version(channel) - 1 if version is None else version
        if wanted == channel.version:
            raise UsageError(words.NOTHING_HELD.format(version=channel.version))
        if wanted < channel.version:
            raise UsageError(words.NOT_NEWER.format(version=wanted, held=channel.version))
        if not stands:
            raise UsageError(words.NO_STANDS)
        if to.manifest(wanted).digest == to.manifest(channel.version).digest:
            raise UsageError(words.SAME_ANSWERS.format(version=wanted, held=channel.version))
        going = Rollout(wanted, to.listed(wanted), "running", 0, reaches(stands, wanted), now.replace(microsecond=0))
        to.write_channel(renewed(replace(channel, rollout=going), now, days))
    return going


def halt(to: Publication, now: datetime, *, days: int) -> Rollout:
    """Let no further stand take the version that is on its way.

    Raises:
        UsageError: There is none, or it is halted.
    """
    with to.alone():
        channel = current(to)
        going = going_in(channel, to)
        if going.state == "halted":
            raise UsageError(words.HALTED_ALREADY.format(version=going.version))
        halted = replace(going, state="halted")
        to.write_channel(renewed(replace(channel, rollout=halted), now, days))
    return halted


def resume(to: Publication, now: datetime, *, days: int) -> Rollout:
    """Go on with a rollout that was halted, in the wave that it was in.

    Raises:
        UsageError: There is none, or it is not halted.
    """
    with to.alone():
        channel = current(to)
        going = going_in(channel, to)
        if going.state != "halted":
            raise UsageError(words.NOT_HALTED.format(version=going.version))
        running = replace(going, state="running")
        to.write_channel(renewed(replace(channel, rollout=running), now, days))
    return running


def widen(to: Publication, now: datetime, *, days: int) -> Rollout | None:
    """Let the next wave have the version that is on its way; None where every stand has it now.

    Raises:
        UsageError: There is none, or it is halted.
    """
    with to.alone():
        channel = current(to)
        going = going_in(channel, to)
        if going.state == "halted":
            raise UsageError(words.HALTED_ALREADY.format(version=going.version))
        if going.wave + 1 < len(going.reaches):
            wider = replace(going, wave=going.wave + 1)
            after = replace(channel, rollout=wider)
        else:
            wider = None
            after = replace(channel, version=going.version, manifest=going.manifest, rollout=None)
        to.write_channel(renewed(after, now, days))
    return wider


def act_on(evidence: Evidence, to: Publication, now: datetime, *, days: int, stands: Collection[str] = ()) -> str:
    """Halt or widen as a look says, and return what was done, in words; empty where the next look decides.

    Args:
        evidence: What the look found.
        to: Where the version was published.
        now: With its zone.
        days: How long the channel counts.
        stands: The names of all stands, to say how many a wave reaches.

    Raises:
        UsageError: No version is on its way, or it is halted.
    """
    if evidence.rises:
        halted = halt(to, now, days=days)
        return f"{words.STEP_RISES}; {words.ROLLOUT_HALTED.format(version=halted.version)}"
    if evidence.passed:
        version = going_in(current(to), to).version
        wider = widen(to, now, days=days)
        said = words.ROLLOUT_DONE.format(version=version) if wider is None else told(wider, stands)
        return f"{words.STEP_PASSED}; {said}"
    return ""


def told(going: Rollout, stands: Collection[str] = ()) -> str:
    """Return which wave a rollout is in, and whom it reaches."""
    facts = {"version": going.version, "wave": going.wave + 1, "waves": len(going.reaches)}
    return words.ROLLOUT_WIDER.format(**facts, stands=whom(going, stands))


def whom(going: Rollout, stands: Collection[str]) -> str:
    """Return how many stands a wave reaches, in words."""
    if going.reach >= WHOLE:
        return words.STANDS_ALL
    if not stands:
        return words.STANDS_ONE if going.wave == 0 else words.STANDS_UNKNOWN.format(reach=going.reach / WHOLE)
    return words.STANDS_MANY.format(count=len(reached(going, stands)), all=len(set(stands)))


def roll_back(to: Publication, now: datetime, *, days: int, version: int | None = None) -> Manifest:
    """Let every stand have an earlier version's files again, under a new number, so that no stand refuses it as older.

    Args:
        to: Where it was published.
        now: With its zone.
        days: How long it counts.
        version: Whose files; None for those that the stands have that the rollout has not reached, or where there is
            none, for those of the version before.

    Raises:
        UsageError: There is nothing to go back to.
    """
    with to.alone():
        channel = current(to)
        bad = channel.version if channel.rollout is None else channel.rollout.version
        earlier = _earlier(to, channel) if version is None else to.manifest(version)
        if channel.rollout is None and earlier.files == to.manifest(bad).files:
            raise UsageError(words.BACK_SAME.format(version=earlier.version))
        moved = renewed(channel, now, days)
        again = replace(
            earlier,
            version=to.next_version(channel),
            issued=moved.issued,
            expires=moved.expires,
            same_as=earlier.version,
        )
        listed = to.write_manifest(again)
        to.write_channel(replace(moved, version=again.version, manifest=listed, rollout=None))
    return again


def _earlier(to: Publication, channel: Channel) -> Manifest:
    if channel.rollout is not None:
        return to.manifest(channel.version)
    now = to.manifest(channel.version)
    if now.same_as is not None:
        raise UsageError(words.BACK_TO_WHAT.format(version=channel.version))
    for version in range(channel.version - 1, 0, -1):
        if to.has(version) and (found := to.manifest(version)).files != now.files:
            return found
    raise UsageError(words.NOTHING_BEFORE.format(version=channel.version))
