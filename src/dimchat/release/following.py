"""Fetches answers by schedule, in a process of its own each time: whoever follows parses nothing and waits for nothing.

The stand's parent and the server both take turns at this. What comes back from the process is two words of ours.
"""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dimchat.errors import UsageError
from dimchat.files import python
from dimchat.release.kept_answers import CURRENT, KeptAnswers
from dimchat.release.refusal import KINDS
from dimchat.wording import release as words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dimchat.release.follow_settings import Follow

MODULE = "dimchat.release.bringing"
PATIENCE = 900.0
"""Seconds that a look may take: files come over a slow line, and an index may have to be learnt."""
SPREAD = 0.2
"""The part of the time between two looks by which chance moves the next one."""
NETWORK = ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR")
"""What the process may see of the environment besides: how this machine reaches others, and whom it trusts."""
BROKEN = "failed"
"""What a look is called that ended without a word of its own."""
Outcome = Literal["taken", "same", "refused"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a look at the source ended."""

    outcome: Outcome
    version: int = 0
    kind: str = ""
    """Why it was refused."""


def current_pack(follow: Follow) -> Path:
    """Return the folder of the answers that are current."""
    return Path(follow.folder, CURRENT)


def begin(follow: Follow, start: Sequence[str] | None = None) -> None:
    """Make sure that there are answers to begin with: those that were fetched before, or else fetch them now.

    Args:
        follow: Which answers.
        start: The program that fetches; None for the usual one.

    Raises:
        UsageError: There are none, and none can be fetched; or a key or the source makes no sense.
    """
    if current_pack(follow).exists():
        return
    done = subprocess.run(  # noqa: S603 - our own module
        [*(start or python.command(MODULE)), follow.to_json()],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        env=python.environment(*NETWORK),
        cwd=python.FOLDER,
        check=False,
    )
    if done.returncode:
        why = done.stderr.strip().splitlines()
        raise UsageError(words.NEVER.format(why=why[-1] if why else BROKEN))


class Follower:
    """Looks at the source now and then, one process a look."""

    def __init__(
        self,
        follow: Follow,
        clock: Callable[[], float],
        *,
        chance: Callable[[float, float], float] = random.uniform,
        start: Sequence[str] | None = None,
    ) -> None:
        """Look for the first time within a while that chance chooses.

        Args:
            follow: Which answers.
            clock: Seconds, which never go back.
            chance: Returns a number between two others.
            start: The program that fetches; None for the usual one.
        """
        seen = KeptAnswers(Path(follow.folder)).seen()
        self.version = seen.version
        self.digest = seen.digest
        self.last: Look | None = None
        self._follow = follow
        self._clock = clock
        self._chance = chance
        self._start = [*(start or python.command(MODULE)), follow.to_json()]
        self._next = clock() + chance(0, min(follow.every, 30.0))
        self._work: tuple[subprocess.Popen[bytes], float] | None = None

    @property
    def error(self) -> str:
        """Return the kind of the last refusal; empty where the last look ended well."""
        return self.last.kind if self.last is not None else ""

    def turn(self) -> Look | None:
        """Go on with what is due, and return how a look ended that has just done so."""
        if self._work is None:
            if self._clock() >= self._next:
                self._next = self._clock() + self._follow.every * self._chance(1 - SPREAD, 1 + SPREAD)
                return self._begun()
            return None
        process, until = self._work
        if process.poll() is None and self._clock() <= until:
            return None
        return self._ended()

    def close(self) -> None:
        """Stop a look."""
        if self._work is not None:
            self._ended()

    def _begun(self) -> Look | None:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own module
                self._start,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=python.environment(*NETWORK),
                cwd=python.FOLDER,
            )
        except OSError:
            self.last = Look("refused", kind=BROKEN)
            return self.last
        self._work = (process, self._clock() + PATIENCE)
        return None

    def _ended(self) -> Look | None:
        if self._work is None:
            return None
        process, _ = self._work
        self._work = None
        if process.poll() is None:
            process.kill()
        said = process.communicate()[0].decode("ascii", "replace").split()
        self.last = _look(said)
        if self.last.outcome == "taken":
            seen = KeptAnswers(Path(self._follow.folder)).seen()
            self.version, self.digest = seen.version, seen.digest
        return self.last


def _look(said: list[str]) -> Look:
    if len(said) == len(("outcome", "what")):
        outcome, what = said
        if outcome in ("taken", "same") and what.isdecimal():
            return Look("taken" if outcome == "taken" else "same", int(what))
        if outcome == "refused" and what in KINDS:
            return Look("refused", kind=what)
    return Look("refused", kind=BROKEN)
