"""Keeps one visitor's process on the terminal and another one warm."""

from __future__ import annotations

import selectors
import sys
from typing import TYPE_CHECKING

from dimchat.kiosk.terminal import WORDS, TerminalLostError
from dimchat.visit.signals import COUNTED, Signal, Today
from dimchat.wording import kiosk as words
from dimchat.wording import release as answers_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dimchat.journal.fleet.sending import SendingProcess
    from dimchat.kiosk.pack_watch import PackWatch, Stored
    from dimchat.kiosk.terminal import Terminal, Watchdog
    from dimchat.release.following import Follower
    from dimchat.release.life_signs import LifeSigns
    from dimchat.visit.process import StartedProcess

TICK = 0.25
"""Seconds between turns when nothing happens."""
QUICK_TICK = 0.02
"""The same while there is nobody on the screen."""
STUCK = 30.0
"""Seconds without a sign after which a visitor's process is taken for stuck."""
PAUSED = 10.0
"""Seconds between two turns from which the machine is taken to have slept, rather than a process to be stuck."""
SLOW_START = 60.0
"""Seconds that a process may take to load."""
STEADY = 60.0
"""Seconds on the screen after which a crash counts as the first again."""
DELAYS = (0.0, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before the start after the first crash, the second, ... in a row."""
MOST_TOLD = 4096
"""Lost rows that one process is told of: what a socket takes at once."""
ALIVE = 5.0
"""Seconds between two words to the service manager."""
LOST = 129
"""The exit status when the terminal hung up."""


class Supervisor:
    """Hands the terminal from one visitor's process to the next."""

    def __init__(
        self,
        *,
        terminal: Terminal,
        packs: PackWatch,
        answers: Follower | None = None,
        life: LifeSigns | None = None,
        sending: SendingProcess | None = None,
        spawn: Callable[[Stored], StartedProcess],
        clock: Callable[[], float],
        today: Callable[[], date],
        watchdog: Watchdog,
    ) -> None:
        """Take everything that touches the world as an argument."""
        self.current: StartedProcess | None = None
        self.spare: StartedProcess | None = None
        self.today = Today(today())
        self.crashes = 0
        """In a row."""
        self.untold = 0
        """How many rows the journal lost and does not know of yet."""
        self._terminal = terminal
        self._packs = packs
        self._answers = answers
        self._life = life
        self._sending = sending
        self._spawn = spawn
        self._clock = clock
        self._date = today
        self._watchdog = watchdog
        self._selector = selectors.DefaultSelector()
        self._ending: int | None = None
        self._leaving = False
        self._asked: StartedProcess | None = None
        self._not_before = clock()
        self._since = clock()
        self._next_word = clock()
        self._turned = clock()
        self._told_bad = False
        self._told_outcome: str | None = None

    def run(self) -> int:
        """Keep the stand running until it is told to end; return the exit status."""
        try:
            self._terminal.enter()
            self._terminal.wipe()
            self._terminal.calm(WORDS.texts("stand.calm.starting"))
            self._watchdog.say("READY=1")
            while self._ending is None:
                self.turn()
        except TerminalLostError:
            self._ending = LOST
        finally:
            self._close()
        return self._ending

    def end(self, status: int = 0) -> None:
        """End after this turn."""
        if self._ending is None:
            self._ending = status

    def turn(self) -> None:
        """Wait a little for something to happen, and do what is due."""
        wait = TICK if self.current is not None else QUICK_TICK
        self._forgive_pause()
        for key, _ in self._selector.select(wait):
            self._hear(key.data)
        if self._ending is not None:
            return
        self._say_alive()
        self._follow()
        if self._sending is not None:
            self._sending.turn()
        if self._packs.turn():
            self._discard_old()
        elif self._packs.stored is None and self._packs.outcome == "bad" and not self._told_bad:
            self._told_bad = True
            self._terminal.calm(WORDS.texts("stand.calm.no_pack"))
        self._tell_manager()
        self._answer_reload()
        self._look_after_spare()
        self._look_after_current()

    def _forgive_pause(self) -> None:
        """Hold it against nobody that nothing was heard while the machine slept."""
        now = self._clock()
        if now - self._turned > PAUSED:
            for child in (self.current, self.spare):
                if child is not None:
                    child.heard = now
        self._turned = now

    def _say_alive(self) -> None:
        if self._clock() >= self._next_word:
            self._next_word = self._clock() + ALIVE
            self._watchdog.say("WATCHDOG=1")

    def _follow(self) -> None:
        """Look at the files at once where newer answers were taken; let `systemctl status` show that some were not."""
        if self._life is not None:
            digest = self._packs.stored.digest if self._packs.stored is not None else ""
            self._life.turn(self._answers, digest, self.today.on(self._date()))
        look = self._answers.turn() if self._answers is not None else None
        if look is None:
            return
        if look.outcome == "taken":
            self._packs.look_now()
        elif look.outcome == "refused":
            self._watchdog.say(f"STATUS={answers_words.STATUS_REFUSED.format(kind=look.kind)}")

    def _tell_manager(self) -> None:
        """Let `systemctl status` show that the pack's files are no good, or are good again."""
        outcome = self._packs.outcome
        if outcome is None or self._packs.busy or (outcome == "bad") == (self._told_outcome == "bad"):
            return
        self._told_outcome = outcome
        text = words.STATUS_GOOD if outcome != "bad" else words.STATUS_BAD if self._packs.stored else words.STATUS_NONE
        self._watchdog.say(f"STATUS={text.format(why=self._packs.why)}")

    def _hear(self, child: StartedProcess) -> None:
        signs = child.signs()
        if signs is None:
            self._gone(child)
            return
        child.heard = self._clock()
        for sign in signs:
            self._obey(child, sign)

    def _obey(self, child: StartedProcess, sign: Signal) -> None:
        if sign is Signal.READY:
            child.ready = True
        elif child is not self.current:
            return
        elif sign is Signal.SHOWN:
            child.shown = True
        elif sign is Signal.STAFF:
            if self._packs.outcome == "bad":
                child.send(Signal.PACK_BAD)
        elif sign is Signal.COUNTS:
            child.send(self.today.on(self._date()).to_bytes())
        elif sign is Signal.LEAVE:
            self._leaving = True
        elif sign is Signal.RELOAD:
            self._asked = child
            self._packs.look_now()
        elif sign in COUNTED:
            child.visited = True
            self.untold += sign is Signal.LOST
            self.today.add(COUNTED[sign], self._date())

    def _gone(self, child: StartedProcess, *, by_force: bool = False) -> None:
        """Take the terminal back, or a warm process out of the way."""
        self._selector.unregister(child.link)
        status = child.kill() if by_force else child.finish()
        if child is self.spare:
            self.spare = None
            if status:
                self._crashed()
            return
        self.current = None
        self._terminal.wipe()
        if self._leaving:
            self.end()
            return
        if status:
            self.today.add("crashes", self._date())
            if self._clock() - self._since > STEADY:
                self.crashes = 0
            self._crashed()
            self._terminal.calm(WORDS.texts("stand.calm.crashed"))
        else:
            self.crashes = 0
            self._terminal.calm(WORDS.texts("stand.calm.next"))

    def _crashed(self) -> None:
        self._not_before = self._clock() + DELAYS[min(self.crashes, len(DELAYS) - 1)]
        self.crashes += 1

    def _discard_old(self) -> None:
        """Let the next visitor have the new pack: the warm process has the old one."""
        if self.spare is not None:
            self._selector.unregister(self.spare.link)
            self.spare.kill()
            self.spare = None

    def _answer_reload(self) -> None:
        outcome = self._packs.outcome
        if self._asked is None or outcome is None or self._packs.busy:
            return
        sign = {"taken": Signal.PACK_TAKEN, "same": Signal.PACK_SAME, "bad": Signal.PACK_BAD}[outcome]
        self._asked.send(sign)
        self._asked = None

    def _look_after_spare(self) -> None:
        now = self._clock()
        if self.spare is not None:
            if not self.spare.ready and now - self.spare.heard > SLOW_START:
                self._gone(self.spare, by_force=True)
            elif self._outdated():
                self.current.send(Signal.RENEW)  # type: ignore[union-attr] # there is one
            return
        settled = self.current is None or self.current.shown
        if self._packs.stored is not None and settled and now >= self._not_before:
            self.spare = self._spawn(self._packs.stored)
            self.spare.heard = now
            self._selector.register(self.spare.link, selectors.EVENT_READ, self.spare)

    def _outdated(self) -> bool:
        """Return whether nobody is there, and a warm process has another pack than the one on the screen."""
        current, spare = self.current, self.spare
        if current is None or spare is None or not (spare.ready and current.shown) or current.visited:
            return False
        return current.digest != spare.digest

    def _look_after_current(self) -> None:
        now = self._clock()
        if self.current is not None:
            if now - self.current.heard > STUCK:
                self._gone(self.current, by_force=True)
        elif self.spare is not None and self.spare.ready and now >= self._not_before:
            self.current, self.spare = self.spare, None
            self.current.heard = self._since = now
            self._terminal.drop_input()
            told = min(self.untold, MOST_TOLD)
            self.untold -= told
            self.current.send(Signal.LOST.value * told + Signal.GO.value)

    def _close(self) -> None:
        self._watchdog.say("STOPPING=1")
        for child in (self.current, self.spare):
            if child is not None:
                self._selector.unregister(child.link)
                child.send(Signal.END)
        for child in (self.current, self.spare):
            if child is not None:
                child.finish()
                self.untold += child.rest.count(Signal.LOST)
        self.current = self.spare = None
        self._packs.close()
        if self._answers is not None:
            self._answers.close()
        if self._sending is not None:
            self._sending.close()
        self._selector.close()
        self._terminal.leave()
        if self.untold:
            sys.stderr.write(words.LOST.format(count=self.untold))
