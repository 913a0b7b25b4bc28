"""`watch`: what each edit of a pack breaks and moves, while it is made."""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import click

from dimchat.cli.output import say, use_utf8
from dimchat.cli.own_pack import own_pack, own_pack_option
from dimchat.cli.progress import ASKING, LEARNING, busy, on_terminal, put
from dimchat.files.stamps import Touched, stamps
from dimchat.match.meaning import vectors_kept
from dimchat.quality.report.check_report import next_step, summary
from dimchat.quality.report.watch_report import failing_lines, moved_lines, problem_lines, results_line
from dimchat.quality.watch import Watched
from dimchat.wording import watch as wording
from dimchat.wording.quality import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dimchat.quality.watch import Moved

LOOK = 0.1
"""Seconds between two looks at the files."""
AT_ONCE = 0.5
"""Seconds for which questions are asked that have to do with an edit, before what came of them is shown."""


@click.command()
@own_pack_option
def watch(*, pack_dir: Path | None) -> int:
    """Show what each edit breaks and moves: problems, cases that fail or pass now, replies that are others.

    Questions that have to do with the edit are asked at once, the others while there is nothing else to do. As long as
    a pack cannot be loaded, it stays as it was before. Ctrl+C ends.
    """
    root = own_pack(pack_dir)
    use_utf8(sys.stdout)
    shown = Shown(Watched(root, date.today()), root)  # noqa: DTZ011 - a review expires by the local calendar
    touched = Touched(lambda: stamps(root, shown.watched.files()), time.monotonic)
    with vectors_kept():
        shown.begin()
        while True:
            files = touched.turn()
            if files:
                shown.edited(files)
            elif shown.watched.waiting:
                shown.go_on()
            else:
                time.sleep(LOOK)


class Shown:
    """Prints what comes of edits."""

    def __init__(self, watched: Watched, root: Path) -> None:
        """Print nothing yet.

        Args:
            watched: The pack.
            root: Its folder.
        """
        self.watched, self._root = watched, root
        self._results = ""
        """What was last said of all cases."""

    def begin(self) -> None:
        """Read the pack, and say what is watched and what is wrong with it."""
        errors = self.watched.read()
        if errors:
            self._print([*problem_lines(errors), wording.NONE_YET])
            return
        with busy(LEARNING):
            self.watched.take()
        pack = self.watched.pack
        intents = numbered(wording.INTENTS, len(pack.browsable) if pack else 0)
        files = numbered(wording.FILES, sum(1 for _ in self.watched.files()))
        self._print([wording.BEGINS.format(name=self._root.resolve().name, intents=intents, files=files)])
        self._problems()

    def edited(self, files: Sequence[str]) -> None:
        """Read the pack again, and say what that moved."""
        begun = time.monotonic()
        self._print([f"\n{time.strftime('%H:%M:%S')}  {', '.join(files)}"])
        if self.watched.pack is None:
            self.begin()
            return
        errors = self.watched.read()
        if errors:
            self._print([*problem_lines(errors), wording.BROKEN])
            return
        with busy(LEARNING):
            self.watched.take()
            before = self.watched.waiting
            moved = self.watched.ask(AT_ONCE, first=True)
        self._moved(moved)
        left = self.watched.waiting
        counted = numbered(wording.MOVED, len(moved)) if before else wording.SAME
        line = wording.DONE.format(asked=before - left, moved=counted, seconds=time.monotonic() - begun)
        self._print([f"{line}; {numbered(wording.LEFT, left)}" if left else line])
        self._problems()
        if not left:
            self._all_asked()

    def go_on(self) -> None:
        """Ask some of what waits, and say what moved; when nothing is left, what all cases came to."""
        self._moved(self.watched.ask(LOOK))
        if not self.watched.waiting:
            self._all_asked()
        elif on_terminal():
            put(f"{ASKING} \N{HORIZONTAL ELLIPSIS} {self.watched.waiting}")

    def _moved(self, moved: Sequence[Moved]) -> None:
        if moved:
            self._print(moved_lines(moved, self.watched.assistant))

    def _problems(self) -> None:
        new, gone = self.watched.warn()
        first = not self._results and not gone
        self._print(problem_lines(new, "" if first else wording.NEW) + problem_lines(gone, wording.GONE))
        if new or gone or first:
            self._print(filter(None, [summary(self.watched.problems), next_step(new, self._root)]))

    def _all_asked(self) -> None:
        results = results_line(self.watched.cases)
        if results == self._results:
            self._print([])
            return
        if not self._results:
            self._print(failing_lines(self.watched.cases, self._root))
        self._results = results
        self._print([results])

    def _print(self, lines: Iterable[str]) -> None:
        """Print lines where the one stood that is taken back."""
        if on_terminal():
            put("")
        for line in lines:
            say(line)
        sys.stdout.flush()
