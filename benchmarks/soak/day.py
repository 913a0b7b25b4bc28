"""One run: a stand, its visitors one after the other, and what goes wrong."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import watch
from clock import Clock
from people import Person
from terminal import PATIENCE, SIZE, Stuck, Terminal
from trouble import Disk, EditedPack, plan

from dimchat.index import open_pack
from dimchat.index.cache import SUFFIX, cache_folder
from dimchat.kiosk.pin import PinStore
from dimchat.kiosk.stand_settings import Settings
from dimchat.pack import find_pack
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from results import Results

WORDS = catalogue_of("en")

STAND = Path(__file__).with_name("stand.py")
STEP = 8.0
"""Seconds that pass at once: less than what the stand takes for a pause of the machine."""
SLEEP = 180.0
"""Seconds that a paused machine misses."""
HANG = 32.0
"""Seconds after which a process that gives no sign has been killed."""
CRASHES = (signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT, signal.SIGUSR1, signal.SIGUSR2)
SIZES = ((80, 24), (100, 30), (140, 45), (60, 20), (200, 60), (20, 6))
PIN = "47114"
FULL_FOR = 5
"""Visitors."""
MOST_FAULTS = 20
TELL = 50
"""Visitors between two words about how it goes."""
TYPING = 0.3
"""The share of those who start over and type on."""
HASTY = 0.2
"""The share of visitors who may leave before the next process is loaded: visits are shorter here than people's."""
EACH = 10
"""At each so many visitors the memory of the next processes is looked through too, not only the parent's."""
SILENT = 0.12
"""The share of visitors who just go away."""


def _lend_index(cache: Path) -> None:
    """Put the bundled pack's index where the stand looks for it: learning anew is none of what is tried here."""
    open_pack()
    lent = cache_folder()
    for file in lent.glob(f"*{SUFFIX}") if lent is not None else ():
        shutil.copy2(file, cache)


class Run:
    """Everything that one run needs."""

    def __init__(self, folder: Path, *, visitors: int, hours: float, seed: int, every: int, results: Results) -> None:
        """Prepare a stand in an empty folder."""
        self._dice = random.Random(seed)  # noqa: S311 - the same each time
        self._visitors = visitors
        self._seconds = hours * 3600
        self._every = every
        self._results = results
        self._disk = Disk(folder / "disk")
        places = {name: self._disk.folder / name for name in ("home", "state", "cache", "run", "tmp")}
        for place in places.values():
            place.mkdir()
        self._pack = EditedPack(find_pack(None), folder / "pack", self._dice)
        self._settings = Settings(pack=str(self._pack.root), pin_file=str(places["state"] / "pin.json"))
        self._pin = PinStore(places["state"] / "pin.json")
        self._pin.set(PIN)
        self._environment = {
            **{name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ},
            "TERM": "xterm-256color",
            "HOME": str(places["home"]),
            "TMPDIR": str(places["tmp"]),
            "XDG_STATE_HOME": str(places["state"]),
            "XDG_CACHE_HOME": str(places["cache"]),
            "DIMCHAT_CACHE": str(places["cache"]),
            "XDG_RUNTIME_DIR": str(places["run"]),
        }
        _lend_index(places["cache"])
        self._home = places["home"]
        self._files = watch.Files(self._disk.folder, folder / "pack", Path("/dev/shm"))  # noqa: S108 - is looked through
        self._clock = Clock(folder / "clock")
        self._began = self._clock.now()
        self._plan = plan(self._dice, visitors)
        self._full_until = -1
        self.terminal = Terminal()
        self._stand = self._start()

    @property
    def parent(self) -> int:
        """Return the stand's process."""
        return self._stand.pid

    def go(self) -> None:
        """Let everybody visit."""
        self.terminal.until(lambda: self.terminal.shows(WORDS("stand.attract.touch")), "the first screen")
        for number in range(self._visitors):
            try:
                self._one(number)
            except Stuck as error:
                self._results.fault(f"visitor {number}: stuck, waiting for {error}")
                if len(self._results.faults) > MOST_FAULTS:
                    return
                self._lose()
            if number % TELL == TELL - 1:
                self._results.tell_on()
        self._end()

    def _one(self, number: int) -> None:
        """Let one visitor come and go, and time pass until the next."""
        troubles = self._plan.get(number, [])
        self._before(troubles, number)
        self._visit(number, troubles)
        self._look(number)
        self._pass_until(self._seconds * (number + 1) / self._visitors)

    def close(self) -> None:
        """End what still runs, and let the disk go."""
        if self._stand.poll() is None:
            self._stand.kill()
            self._stand.wait()
        self._disk.close()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(STAND), self._settings.to_json(), str(self._clock.file), str(self._every)]
        return self.terminal.start(command, self._environment, self._home)

    # --- trouble ---

    def _before(self, troubles: list[str], number: int) -> None:
        """Do what goes wrong while nobody is there."""
        if number == self._full_until:
            self._disk.free()
        acts = {
            "pack edited": self._pack.edit,
            "pack broken": self._pack.spoil,
            "disk full": self._disk.fill,
            "clock set": lambda: self._clock.jump(self._dice.randint(-500, 500)),
            "spare killed": lambda: self._kill(self._spares()),
            "both killed": self._kill_both,
            "terminal lost": self._lose,
        }
        for trouble in troubles:
            self._results.happened(trouble)
            if trouble in acts:
                acts[trouble]()
            if trouble == "disk full":
                self._full_until = number + FULL_FOR

    def _kill(self, processes: list[int]) -> None:
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _kill_both(self) -> None:
        wipes = self.terminal.wipes
        self._kill(watch.children(self.parent))
        self.terminal.until(lambda: self.terminal.wipes > wipes, "the wipe after both were killed")
        self._until_screen("both killed")

    def _during(self, trouble: str) -> None:
        """Do what goes wrong while somebody is there."""
        if trouble == "resized":
            self.terminal.resize(*self._dice.choice(SIZES))
        elif trouble == "machine paused":
            self._clock.add(SLEEP)
            self._noticed()

    def _lose(self) -> None:
        """Lose the terminal, as systemd would start the stand anew; the operator has a good pack there by then."""
        self._pack.mend()
        left = [self.parent, *watch.children(self.parent)]
        self.terminal.lose()
        try:
            self._stand.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._results.fault("the stand stayed after its terminal was lost")
            self._stand.kill()
        gone = time.monotonic() + 5
        while any(watch.alive(pid) for pid in left) and time.monotonic() < gone:
            time.sleep(0.05)
        if any(watch.alive(pid) for pid in left):
            self._results.fault("a process outlived its terminal")
        self.terminal = Terminal()
        began = time.monotonic()
        self._stand = self._start()
        self.terminal.until(lambda: self.terminal.shows(WORDS("stand.attract.touch")), "a screen on the new terminal")
        self._results.started_anew(time.monotonic() - began)

    # --- a visit ---

    def _visit(self, number: int, troubles: list[str]) -> None:
        terminal = self.terminal
        mark = watch.marker(number)
        person = Person(terminal, self._dice, mark)
        terminal.since = b""
        terminal.send(self._dice.choice((b"x", b"\r", b"\x1b[<0;20;10M\x1b[<0;20;10m")))
        terminal.until(lambda: terminal.shows(WORDS("stand.tiles_head"), WORDS("stand.start_over")), "the topics")
        real = self._clock.real
        if real:
            self._look_at_title()
        visitor = self._current()
        wipes = terminal.wipes
        for _ in range(self._dice.randint(1, 5)):
            if terminal.wipes > wipes:
                break
            person.act()
        for trouble in troubles:
            self._during(trouble)
        hasty = self._dice.random() < HASTY
        if terminal.wipes == wipes:
            if not hasty:
                terminal.until(lambda: self._clock.warm or terminal.wipes > wipes, "a warm process")
            self._leave(person, visitor, troubles, wipes)
        terminal.until(lambda: terminal.wipes > wipes, "the wipe")
        if (terminal.columns, terminal.rows) != SIZE:
            terminal.resize(*SIZE)
        why = "a fault" if "crash" in troubles or "hang" in troubles else "start over"
        self._until_screen(f"{why}, hasty visitor" if hasty else why)
        self._results.visited(real=real, told=person.told, shown=person.shown)
        if watch.alive(visitor):
            self._results.fault(f"visitor {number}: the process outlived the visit")

    def _leave(self, person: Person, visitor: int, troubles: list[str], wipes: int) -> None:
        """Let a visit end: by a fault, by silence, or by a touch; it may have ended by itself meanwhile."""
        if "crash" in troubles:
            with suppress(ProcessLookupError):
                os.kill(visitor, self._dice.choice(CRASHES))
            return
        if "hang" in troubles:
            with suppress(ProcessLookupError):
                os.kill(visitor, signal.SIGSTOP)
            self._pass(HANG, heard=False)
            return
        silent = self._dice.random() < SILENT
        if silent or not person.start_over(typing=self._dice.random() < TYPING):
            self._results.silent += 1
            self._pass_while(lambda: self.terminal.wipes == wipes)
            return
        end = time.monotonic() + 2
        while self.terminal.wipes == wipes:
            self.terminal.read(0.02)
            if time.monotonic() > end:  # the touch met something else: a warning, a window of the staff
                self._pass_while(lambda: self.terminal.wipes == wipes)

    def _look_at_title(self) -> None:
        """See that the visitor has a pack that passed its check."""
        self.terminal.until(lambda: bool(re.search(r"Edition \d+|BROKEN", self.terminal.text)), "a title")
        found = re.search(r"Edition (\d+)", self.terminal.text)
        if found is None:
            self._results.fault("a visitor got a broken pack")
        else:
            self._results.editions.add(int(found[1]))

    def _look(self, number: int) -> None:
        """Search for what the visitor said."""
        results, terminal = self._results, self.terminal
        terminal.read()
        if watch.TAG in terminal.held or any(form in terminal.since for form in watch.FORMS):
            results.leak(number, "the terminal")
        if terminal.clipboard:
            results.leak(number, "the terminal's clipboard")
        if "Traceback" in terminal.text:
            results.fault(f"visitor {number}: a traceback")
        for file in self._files.with_marker():
            results.leak(number, str(file))
        # Visitors' processes forbid their user to read them; the stand here does not.
        others = watch.children(self.parent) if number % EACH == 0 and os.geteuid() == 0 else []
        for pid in (self.parent, *others):
            if watch.in_memory(pid):
                results.leak(number, f"the memory of {'the parent' if pid == self.parent else 'the next process'}")
        if self._stand.poll() is not None:
            results.fault(f"visitor {number}: the stand ended with {self._stand.returncode}")
        results.memory(
            (self._clock.now() - self._began) / 3600, watch.resident(self.parent), watch.descriptors(self.parent)
        )

    def _until_screen(self, why: str) -> None:
        """Wait for the attract screen, and note how long there was none."""
        self.terminal.until(lambda: self.terminal.shows(WORDS("stand.attract.touch")), f"a screen after: {why}")
        if self.terminal.wiped_at:
            self._results.without_screen(why, time.monotonic() - self.terminal.wiped_at)

    # --- time ---

    def _pass_until(self, then: float) -> None:
        """Let the rest of a span pass, with nobody there."""
        self._settle_pack()
        left = then - (self._clock.now() - self._began)
        if left > 0:
            self._pass(left)

    def _settle_pack(self) -> None:
        """Let real time be enough for a check that runs: it takes as long as it takes."""
        end = time.monotonic() + PATIENCE
        while any(watch.does(pid, "kiosk.check_pack") for pid in watch.children(self.parent)):
            self.terminal.read(0.05)
            if time.monotonic() > end:
                raise Stuck("the check of a pack does not end")

    def _pass(self, seconds: float, *, heard: bool = True) -> None:
        """Let time pass in steps that every process notices; a process that hangs is not waited for."""
        while seconds > 0:
            self._clock.add(min(STEP, seconds))
            seconds -= STEP
            self._noticed(heard=heard)

    def _pass_while(self, going: object) -> None:
        for _ in range(60):
            if not going():  # type: ignore[operator]
                return
            self._pass(STEP)
        raise Stuck(f"the end of a visit by silence\n{self.terminal.text}")

    def _noticed(self, *, heard: bool = True) -> None:
        """Wait until the visitor's process, and then the parent, has done what is due."""
        now, wipes = self._clock.now(), self.terminal.wipes
        end = time.monotonic() + PATIENCE
        while heard and self._clock.seen < now and self.terminal.wipes == wipes:
            self.terminal.read(0.005)
            if time.monotonic() > end:
                raise Stuck("a visitor's process does not notice the time")
        turns = self._clock.turns
        while self._clock.turns < turns + 2 and self.terminal.wipes == wipes:
            self.terminal.read(0.005)
            if time.monotonic() > end:
                raise Stuck("the parent does not turn")

    # --- processes ---

    def _visitors_of(self) -> list[int]:
        return [pid for pid in watch.children(self.parent) if watch.does(pid, "visitor.py")]

    def _current(self) -> int:
        return self._visitors_of()[0]

    def _spares(self) -> list[int]:
        return self._visitors_of()[1:]

    def _end(self) -> None:
        """End the stand as a service manager does."""
        left = [self.parent, *watch.children(self.parent)]
        self._stand.terminate()
        self.terminal.until(lambda: self._stand.poll() is not None, "the end after SIGTERM")
        self.terminal.quiet()
        status = self._stand.returncode
        if status != 0 or any(watch.alive(pid) for pid in left) or self.terminal.text.strip():
            self._results.fault(f"SIGTERM ended it with {status}, or something was left")
