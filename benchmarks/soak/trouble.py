"""What goes wrong around a stand, and when."""

from __future__ import annotations

import re
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from dimchat.pack.folder import copy_pack
from dimchat.quality.cases import CASES_FOLDER

if TYPE_CHECKING:
    import random
    from pathlib import Path

OFTEN = {
    "crash": 60,
    "hang": 5,
    "spare killed": 20,
    "both killed": 10,
    "pack edited": 16,
    "pack broken": 16,
    "disk full": 15,
    "clock set": 40,
    "machine paused": 20,
    "resized": 100,
}
"""How often each happens among 2,000 visitors; once at least."""
EARLY, LATE = 1 / 24, 23.5 / 24
"""The terminal is lost before and after these parts of the time only, so that one parent lives for the rest."""
TITLE = re.compile(r"^title: .*$", re.MULTILINE)


def plan(dice: random.Random, visitors: int) -> dict[int, list[str]]:
    """Return what goes wrong at which visitor."""
    planned: dict[int, list[str]] = {}
    for trouble, times in OFTEN.items():
        for number in dice.sample(range(visitors), max(round(times * visitors / 2000), 1)):
            planned.setdefault(number, []).append(trouble)
    for number in (round(visitors * EARLY * 0.4), round(visitors * EARLY * 0.8), round(visitors * LATE) + 1):
        planned.setdefault(min(number, visitors - 1), []).append("terminal lost")
    return planned


class EditedPack:
    """A copy of a pack that an operator edits, well and badly."""

    def __init__(self, original: Path, folder: Path, dice: random.Random) -> None:
        """Copy it."""
        self.root = folder
        copy_pack(original, folder, CASES_FOLDER)
        self._file = folder / "pack.yaml"
        self._dice = dice
        self._good = self._file.read_text(encoding="utf-8")
        self._answers = next(iter(sorted((folder / "answers").glob("*.yaml"))))
        self._whole = self._answers.read_bytes()
        self._away = folder.with_name("away")
        self.edition = 0
        self.edit()

    def edit(self) -> None:
        """Edit it well, whatever was wrong before: its title names the edition."""
        self.mend()
        self.edition += 1
        self._good = TITLE.sub(f"title: Edition {self.edition} end", self._good)
        self._file.write_text(self._good, encoding="utf-8")

    def mend(self) -> None:
        """Take the last bad edit back."""
        with suppress(FileNotFoundError):
            self._away.rename(self.root)
        self._answers.write_bytes(self._whole)
        self._file.write_text(self._good, encoding="utf-8")

    def spoil(self) -> str:
        """Edit it badly, and say how; the title says BROKEN, so that a visitor who got it would show it."""
        self.mend()
        broken = TITLE.sub("title: BROKEN", self._good)
        how = self._dice.choice(("half a file", "no YAML", "an unknown source", "no folder"))
        if how == "no folder":
            self.root.rename(self._away)
            return how
        self._file.write_text(broken, encoding="utf-8")
        if how == "half a file":
            self._answers.write_bytes(self._whole[: len(self._whole) // 2])
        elif how == "no YAML":
            self._file.write_text(broken + "\n  - [\n", encoding="utf-8")
        else:
            self._answers.write_bytes(re.sub(rb"\[@[\w-]+", b"[@nowhere", self._whole, count=1))
        return how


class Disk:
    """The folders of a stand on a disk of their own, which can be full; without the rights for it, it never is."""

    def __init__(self, folder: Path, megabytes: int = 96) -> None:
        """Mount it."""
        self.folder = folder
        self.folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
        self.own = not subprocess.run(command, capture_output=True, check=False).returncode  # noqa: S603 - known words

    def fill(self) -> None:
        """Leave no byte."""
        if self.own:
            with suppress(OSError), (self.folder / "full").open("wb") as file:
                while True:
                    file.write(bytes(4096))
                    file.flush()

    def free(self) -> None:
        """Make room again."""
        (self.folder / "full").unlink(missing_ok=True)

    def close(self) -> None:
        """Take it away."""
        if self.own:
            subprocess.run(["umount", "-l", str(self.folder)], check=False)  # noqa: S603, S607 - known words
