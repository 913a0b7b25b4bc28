"""Looks at everything around the stand that can go wrong, and says what to do."""

from __future__ import annotations

import locale
import os
import re
import select
import shlex
import shutil
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dimchat.errors import DimchatError
from dimchat.journal import ready
from dimchat.kiosk.pin import PinStore, lasting, pin_file, state_folder
from dimchat.kiosk.start import startable
from dimchat.wording import kiosk_check as words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dimchat.kiosk.stand_settings import Settings


OK, CARE, BAD = "ok", "care", "bad"
LEAST = (60, 20)
"""Columns and rows."""
LEAST_FREE = 50
"""Megabytes."""
SHELLS = frozenset({"sh", "bash", "dash", "zsh", "fish", "ksh", "ash"})
FEW_COLOURS = frozenset({"linux", "vt100", "vt220", "xterm", "screen"})
_MEGABYTE = 2**20


class Finding(NamedTuple):
    """One thing that was looked at."""

    name: str
    level: str
    text: str
    todo: str = ""


def findings(settings: Settings, environment: Mapping[str, str] | None = None) -> list[Finding]:
    """Return what was found about everything but what only a question to the terminal can tell.

    Args:
        settings: Of the stand.
        environment: Of the process; None for this one's.
    """
    around = os.environ if environment is None else environment
    found = [*terminal(around), encoding(), *keys(around)]
    found += [*pack_and_clock(settings), disk(settings), swap(), pin(settings), journal(settings)]
    return found if any(each.level == BAD for each in found) else [*found, *start(settings)]


def start(settings: Settings) -> list[Finding]:
    """Ask what the stand itself asks before it starts: nothing is found where it would."""
    try:
        startable(settings)
    except DimchatError as error:
        return [Finding("start", BAD, str(error), words.START_BAD_DO)]
    return []


def terminal(environment: Mapping[str, str]) -> list[Finding]:
    """Look at what the terminal says of itself."""
    term = environment.get("TERM", "")
    if not (sys.__stdin__ and sys.__stdout__ and sys.__stdin__.isatty() and sys.__stdout__.isatty()):
        return [Finding("terminal", BAD, words.TERMINAL_NONE, words.TERMINAL_NONE_DO)]
    if term in {"", "dumb", "unknown"}:
        return [Finding("terminal", BAD, words.TERMINAL_DUMB.format(term=term), words.TERMINAL_DUMB_DO)]
    columns, rows = terminal_size()
    if columns < LEAST[0] or rows < LEAST[1]:
        small = words.TERMINAL_SMALL.format(columns=columns, rows=rows)
        return [Finding("terminal", BAD, small, words.TERMINAL_SMALL_DO.format(columns=LEAST[0], rows=LEAST[1]))]
    found = [Finding("terminal", OK, words.TERMINAL.format(term=term, columns=columns, rows=rows))]
    if term in FEW_COLOURS and not environment.get("COLORTERM"):
        found.append(Finding("colours", CARE, words.COLOURS_FEW.format(term=term), words.COLOURS_FEW_DO))
    if term == "linux":
        found.append(Finding("touch", CARE, words.TERMINAL_NO_MOUSE, words.TERMINAL_NO_MOUSE_DO))
    return found


def terminal_size() -> os.terminal_size:
    """Return columns and rows of the terminal as it is now, whatever COLUMNS and LINES say."""
    with suppress(OSError, ValueError, AttributeError):
        return os.get_terminal_size(sys.__stdout__.fileno())  # type: ignore[union-attr] # suppressed
    return os.terminal_size((0, 0))


def encoding() -> Finding:
    """Look at the locale."""
    name = locale.getencoding()
    if name.replace("-", "").casefold() != "utf8":
        return Finding("boxes", BAD, words.BOXES_BAD.format(encoding=name), words.BOXES_BAD_DO)
    return Finding("boxes", OK, f"{name}")


def keys(environment: Mapping[str, str], system: Path = Path("/")) -> list[Finding]:
    """Look for what leads out of the program, which the program itself cannot close."""
    found: list[Finding] = []

    def care(text: str, todo: str) -> None:
        found.append(Finding("keys", CARE, text, todo))

    for variable, name in (("TMUX", "tmux"), ("STY", "screen")):
        if environment.get(variable):
            care(words.KEYS_MULTIPLEXER.format(name=name), words.KEYS_MULTIPLEXER_DO)
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        care(words.KEYS_SSH, words.KEYS_SSH_DO)
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        care(words.KEYS_WINDOWS, words.KEYS_WINDOWS_DO)
    if environment.get("TERM") == "linux":
        found += console(system)
    starter = _read(system / f"proc/{os.getppid()}/comm")
    if starter in SHELLS:
        care(words.KEYS_SHELL.format(name=starter), words.KEYS_SHELL_DO)
    return found or [Finding("keys", OK, words.KEYS)]


def console(system: Path = Path("/")) -> list[Finding]:
    """Look for the ways out that a console has and a window has not."""
    found: list[Finding] = []
    units = system / "etc/systemd/system"
    if not _leads_to(units / "autovt@.service", "/dev/null"):
        found.append(Finding("keys", CARE, words.KEYS_CONSOLE, words.KEYS_CONSOLE_DO))
    if not _leads_to(units / "ctrl-alt-del.target", "/dev/null"):
        found.append(Finding("keys", CARE, words.KEYS_DELETE, words.KEYS_DELETE_DO))
    value = _read(system / "proc/sys/kernel/sysrq")
    if value not in {"", "0"}:
        found.append(Finding("keys", CARE, words.KEYS_SYSRQ.format(value=value), words.KEYS_SYSRQ_DO))
    return found


def pack_and_clock(settings: Settings, now: datetime | None = None) -> list[Finding]:
    """Check the pack as the stand does before a visitor gets it, and the clock by the pack's own date."""
    from dimchat.index import open_pack  # noqa: PLC0415
    from dimchat.pack import find_pack  # noqa: PLC0415
    from dimchat.release.proving import errors_in  # noqa: PLC0415 - reads YAML

    now = now or datetime.now().astimezone()
    shown = f"{now:%Y-%m-%d %H:%M %Z}"
    try:
        root = find_pack(Path(settings.pack) if settings.pack else None)
        errors = errors_in(root)
        if errors:
            told = words.PACK_BAD if len(errors) > 1 else words.PACK_BAD_ONE
            return [bad_pack(settings, told.format(count=len(errors), first=errors[0]))]
        pack, _ = open_pack(root)
    except DimchatError as error:
        return [bad_pack(settings, str(error))]
    found = [Finding("pack", OK, words.PACK.format(name=pack.name, answers=len(pack.answers)))]
    newest = max((answer.reviewed for answer in pack.answers if answer.reviewed), default=None)
    if newest is not None and now.date() < newest:
        return [*found, Finding("clock", BAD, words.CLOCK_EARLY.format(now=shown, then=newest), words.CLOCK_EARLY_DO)]
    if not Path("/run/systemd/timesync/synchronized").exists():
        return [*found, Finding("clock", CARE, words.CLOCK_UNKNOWN.format(now=shown), words.CLOCK_UNKNOWN_DO)]
    return [*found, Finding("clock", OK, words.CLOCK.format(now=shown))]


def pack(settings: Settings) -> Finding:
    """Look at the pack alone."""
    return next(found for found in pack_and_clock(settings) if found.name == "pack")


def bad_pack(settings: Settings, text: str) -> Finding:
    """Tell what is wrong with the pack, and whether the stand starts over one that it kept."""
    from dimchat.kiosk.last_good import digest_of, locate  # noqa: PLC0415 - opens an index

    todo = words.PACK_BAD_DO.format(pack=shlex.quote(settings.pack)) if settings.pack else words.PACK_OWN_BAD_DO
    with suppress(DimchatError, OSError):
        root, kept = locate(Path(settings.pack) if settings.pack else None, state_folder())
        if kept is not None:
            digest_of(kept, root)
            then = f"{datetime.fromtimestamp(kept.stat().st_mtime).astimezone():%Y-%m-%d %H:%M}"
            return Finding("pack", CARE, words.PACK_KEPT.format(text=text, then=then), todo)
    return Finding("pack", BAD, text, todo)


def disk(settings: Settings) -> Finding:
    """Look at the room where the PIN is kept."""
    place = pin_file(settings.pin_file).parent
    while not os.access(place, os.R_OK | os.X_OK) and place != place.parent:
        place = place.parent
    free = shutil.disk_usage(place).free // _MEGABYTE
    text = words.DISK.format(free=free, place=place)
    return Finding("disk", OK, text) if free >= LEAST_FREE else Finding("disk", CARE, text, words.DISK_LOW_DO)


def swap(file: Path = Path("/proc/swaps")) -> Finding:
    """Look whether memory may be written to a disk."""
    if len(_read(file).splitlines()) > 1:
        return Finding("memory", CARE, words.SWAP_ON, words.SWAP_ON_DO)
    return Finding("memory", OK, words.SWAP)


def pin(settings: Settings) -> Finding:
    """Look at the PIN."""
    store = PinStore(pin_file(settings.pin_file))
    try:
        if not store.is_set:
            return Finding("PIN", CARE, words.PIN_NONE, words.PIN_NONE_DO)
        store.inspect()
    except (DimchatError, OSError):
        return Finding("PIN", BAD, words.PIN_BAD.format(file=store.file), words.PIN_BAD_DO.format(file=store.file))
    wait = store.wait()
    if wait > 0:
        return Finding("PIN", CARE, words.PIN_WAITING.format(wait=lasting(wait)), words.PIN_WAITING_DO)
    return Finding("PIN", OK, words.PIN.format(file=store.file))


def journal(settings: Settings, today: date | None = None) -> Finding:
    """Look whether the journal can be written, and what stands in it of today."""
    if settings.journal.mode == "off":
        return Finding("journal", OK, words.JOURNAL_OFF)
    try:
        switch = ready(settings.journal)
        from dimchat.journal.contents import day_of  # noqa: PLC0415 - loads SQLAlchemy
        from dimchat.journal.store import open_journal  # noqa: PLC0415 - the same

        with open_journal(switch.url or "") as store:
            day = day_of(store, today or datetime.now().astimezone().date(), "kiosk")
    except DimchatError as error:
        return Finding("journal", BAD, str(error), words.JOURNAL_BAD_DO)
    text = words.JOURNAL.format(mode=switch.mode, url=switch.url, **day._asdict())
    return Finding("journal", CARE, text, words.JOURNAL_LOST_DO) if day.lost else Finding("journal", OK, text)


def fleet(settings: Settings) -> list[Finding]:
    """Look whether the fleet's database can be reached and written to; nothing where the journal stays here.

    A stand starts without it, and its rows wait. Only whoever runs the stand may have the password, no visit has it.
    """
    sent = settings.journal.fleet
    if sent is None:
        return []
    from dimchat.journal.fleet.database import database_at  # noqa: PLC0415 - loads what speaks to PostgreSQL
    from dimchat.journal.fleet.roles import may_send  # noqa: PLC0415 - the same

    try:
        database = database_at(sent.address, Path(sent.password_file) if sent.password_file else None)
        if may_send(database):
            return [Finding("fleet", OK, words.FLEET.format(database=database))]
    except DimchatError as error:
        return [Finding("fleet", CARE, words.FLEET_AWAY.format(error=error), words.FLEET_AWAY_DO)]
    return [Finding("fleet", CARE, words.FLEET_CLOSED.format(database=database), words.FLEET_CLOSED_DO)]


def report(found: list[Finding]) -> str:
    """Return findings as lines of text, each with what to do about it."""
    rows = []
    for finding in found:
        rows.append(f"{finding.level:<5} {finding.name:<9} {finding.text}")
        if finding.todo:
            rows.append(f"{'':<15} -> {finding.todo}")
    levels = {finding.level for finding in found}
    summary = words.SUMMARY_BAD if BAD in levels else words.SUMMARY_CARE if CARE in levels else words.SUMMARY_GOOD
    return "\n".join([*rows, summary])


def _read(file: Path) -> str:
    with suppress(OSError):
        return file.read_text(encoding="utf-8", errors="replace").strip()
    return ""


def _leads_to(link: Path, target: str) -> bool:
    with suppress(OSError):
        return str(link.readlink()) == target
    return False


SAMPLE = "┌─┐█▌é›●"  # noqa: RUF001 - what the screens draw
PATIENCE = 1.0
"""Seconds that a terminal has to answer."""
_ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")


def boxes(input_fd: int = 0, output_fd: int = 1) -> Finding | None:
    """Draw a few characters, ask where the cursor is, and take them away; None where there is no terminal."""
    if not (os.isatty(input_fd) and os.isatty(output_fd)):
        return None
    import termios  # noqa: PLC0415 - not there on Windows
    import tty  # noqa: PLC0415

    before = termios.tcgetattr(input_fd)
    try:
        tty.setcbreak(input_fd)
        os.write(output_fd, f"\r{SAMPLE}\x1b[6n".encode())
        column = _column(input_fd)
    finally:
        with suppress(termios.error):
            termios.tcsetattr(input_fd, termios.TCSANOW, before)
        os.write(output_fd, b"\r\x1b[K")
    if column is None:
        return Finding("boxes", CARE, words.BOXES_SILENT, words.BOXES_SILENT_DO)
    if column - 1 != len(SAMPLE):
        wide = words.BOXES_WIDE.format(cells=column - 1, expected=len(SAMPLE))
        return Finding("boxes", BAD, wide, words.BOXES_WIDE_DO)
    return Finding("boxes", OK, words.BOXES)


def _column(fd: int) -> int | None:
    answer = b""
    while select.select([fd], [], [], PATIENCE)[0]:
        data = os.read(fd, 64)
        answer += data
        found = _ANSWER.search(answer)
        if found:
            return int(found[1])
        if not data:
            break
    return None
