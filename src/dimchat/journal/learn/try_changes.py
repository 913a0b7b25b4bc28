"""Trying a change on a copy of the pack: tuned, checked, tested and compared, before a byte of the pack is touched."""

from __future__ import annotations

import difflib
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dimchat.errors import JournalError
from dimchat.files import disk
from dimchat.index import calibrate_pack, write_calibration
from dimchat.journal.learn.review import DRAFTS, apply
from dimchat.pack import find_pack, inspect_pack, load_pack
from dimchat.pack.folder import CALIBRATION, copy_pack
from dimchat.quality import CASES_FOLDER, inspect_cases, load_items, run_item
from dimchat.quality.compare import compared, opened, to_text
from dimchat.quality.followup_weights import with_followups
from dimchat.wording import review as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from dimchat.journal.learn.review import Proposal
    from dimchat.model import Problem, Reply
    from dimchat.quality import Item, Outcome
    from dimchat.quality.compare import Opened


class FileChange(NamedTuple):
    """A file before and after a change."""

    name: str
    before: bytes | None
    """None where the file is new."""
    after: bytes

    @property
    def diff(self) -> str:
        """Return the change as `git diff` would show it."""
        old, new = ((data or b"").decode("utf-8", "replace").splitlines(keepends=True) for data in self[1:])
        source = "/dev/null" if self.before is None else f"a/{self.name}"
        return "".join(difflib.unified_diff(old, new, source, f"b/{self.name}"))


class Said(NamedTuple):
    """The reply to a question before and after a change."""

    ask: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of a change on a pack."""

    files: tuple[FileChange, ...]
    new_problems: tuple[str, ...]
    """What the check says now and did not say before."""
    passed: int
    failed: tuple[str, ...]
    """Cases that failed after the change and not before it."""
    mended: tuple[str, ...]
    """Cases that passed after the change and not before it."""
    asked: tuple[Said, ...]
    """The questions of the groups."""
    compared: str
    """Every reply that became another one, with what led to it, as `dimchat diff` says it."""

    @property
    def harmless(self) -> bool:
        """Return whether nothing got worse: no new problem, no case that fails now."""
        return not self.new_problems and not self.failed


@dataclass(frozen=True, slots=True)
class _State:
    """One side of the comparison."""

    problems: tuple[Problem, ...]
    outcomes: dict[tuple[str, ...], Outcome]
    replies: dict[str, str]
    opened: Opened


def try_out(
    root: Path | None,
    proposals: Sequence[Proposal],
    *,
    as_of: date,
    told: Callable[[str], None] = lambda _: None,
) -> Effect:
    """Return what proposals do to a pack; its own files stay as they are.

    Args:
        root: The folder of the pack; None for the bundled one.
        proposals: What the curator decided.
        as_of: The day for the check.
        told: Hears what is going on: `copy`, `tune`, `check`, `test`, `diff`.

    Raises:
        PackError: The pack has errors.
        JournalError: A line cannot be added.
    """
    folder = find_pack(root)
    questions = list(dict.fromkeys(text for proposal in proposals for text in proposal.group.wordings))
    told("copy")
    with tempfile.TemporaryDirectory(prefix="dimchat-review-") as scratch:
        copy = Path(scratch)
        copy_pack(folder, copy, CASES_FOLDER, DRAFTS)
        before = _state(folder, questions, as_of, "before")
        names: dict[str, None] = {}
        for proposal in proposals:
            names |= dict.fromkeys(apply(proposal, load_pack(copy), copy))
        told("tune")
        write_calibration(copy, with_followups(copy, calibrate_pack(copy)))
        told("test")
        after = _state(copy, questions, as_of, "after")
        told("diff")
        comparison = to_text(compared(before.opened, after.opened))
        files = tuple(_changed(folder, copy, [*names, CALIBRATION]))
    return _effect(before, after, files, questions, comparison)


def keep(root: Path | None, files: Iterable[FileChange]) -> None:
    """Write a change into the pack: all of it, or none.

    Args:
        root: The folder of the pack; None for the bundled one.
        files: From the effect.

    Raises:
        JournalError: A file has changed since, or cannot be written; the pack is as it was.
    """
    folder = find_pack(root)
    files = tuple(files)
    for file in files:
        if _bytes(folder / file.name) != file.before:
            raise JournalError(f"{file.name} has changed meanwhile: nothing was written")
    written: list[FileChange] = []
    try:
        for file in files:
            written.append(file)
            _replace(folder / file.name, file.after)
    except OSError as error:
        for file in written:
            with suppress(OSError):
                _restore(folder / file.name, file.before)
        raise JournalError(f"{written[-1].name} cannot be written: {error.strerror}; nothing was changed") from error


def _state(root: Path, questions: Iterable[str], as_of: date, label: str) -> _State:
    found, problems = inspect_pack(root, as_of)
    if found is not None:
        problems = (*problems, *inspect_cases(root, found))
    side = opened(root, label)
    items = load_items((), root, side.pack)
    outcomes = {_key(item): run_item(item, side.assistant) for item in items}
    replies = {text: gist(side.assistant.ask(text)[0]) for text in questions}
    return _State(problems, outcomes, replies, side)


def _key(item: Item) -> tuple[str, ...]:
    return (item.place.file, str(item.expect.intent), str(item.expect.kind), *item.after, item.ask)


def _effect(
    before: _State, after: _State, files: tuple[FileChange, ...], questions: Iterable[str], comparison: str
) -> Effect:
    known = {(problem.place.file, problem.message) for problem in before.problems}
    new = [str(problem) for problem in after.problems if (problem.place.file, problem.message) not in known]
    failed, mended = [], []
    for key, outcome in after.outcomes.items():
        was = before.outcomes.get(key)
        if not outcome.ok and (was is None or was.ok):
            failed.append(f"{outcome.item.place.file}:{outcome.item.place.line}  {outcome.item.ask}")
        if outcome.ok and was is not None and not was.ok:
            mended.append(outcome.item.ask)
    return Effect(
        files=files,
        new_problems=tuple(new),
        passed=sum(outcome.ok for outcome in after.outcomes.values()),
        failed=tuple(failed),
        mended=tuple(mended),
        asked=tuple(Said(text, before.replies[text], after.replies[text]) for text in questions),
        compared=comparison,
    )


def gist(reply: Reply) -> str:
    """Return what a reply is about, in a few words."""
    options = ", ".join(option.intent for option in reply.options)
    what = " and ".join(reply.intents) or options or reply.outside or ""
    return f"{reply.kind} {what}".strip()


def _changed(folder: Path, copy: Path, names: Iterable[str]) -> Iterable[FileChange]:
    for name in names:
        before, after = _bytes(folder / name), _bytes(copy / name)
        if after is not None and before != after:
            yield FileChange(name, before, after)


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise JournalError(f"{file} cannot be read: {error.strerror}") from error


def _replace(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    disk.write(file, data)


def _restore(file: Path, before: bytes | None) -> None:
    if before is None:
        file.unlink(missing_ok=True)
    elif _bytes(file) != before:
        _replace(file, before)


def effect_text(effect: Effect) -> str:
    """Return what a change does: the verdict, the questions, what got worse and better, the change itself."""
    return "\n".join(_lines(effect))


def _lines(effect: Effect) -> Iterator[str]:
    if effect.harmless:
        yield words.EFFECT_OK.format(passed=effect.passed)
    else:
        yield words.EFFECT_BAD.format(failed=len(effect.failed), problems=len(effect.new_problems))
    yield from _part(words.EFFECT_ASKED, map(said_text, effect.asked))
    yield from _part(words.EFFECT_FAILED, effect.failed)
    yield from _part(words.EFFECT_PROBLEMS, effect.new_problems)
    yield from _part(words.EFFECT_MENDED, effect.mended)
    yield from _part(words.EFFECT_COMPARED, effect.compared.split("\n"))
    yield from _part(words.EFFECT_FILES, (line for file in effect.files for line in file.diff.splitlines()))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", title, *(f"  {row}" for line in found for row in line.split("\n")))


def said_text(said: Said) -> str:
    """Return what a question got before and after."""
    return (words.EFFECT_SAME if said.before == said.after else words.EFFECT_SAID).format(**said._asdict())
