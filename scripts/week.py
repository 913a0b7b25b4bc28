"""A week of made-up visitors into a journal: python scripts/week.py sqlite:////folder/week.db.

The same seed gives the same visitors. They ask what the cases ask and what nobody foresaw, with slips of the finger
and with personal details that must not be kept, through the session that the chat and the kiosk talk through.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dimchat.journal.recorder import JournalRecorder
from dimchat.journal.store import Store
from dimchat.journal.worker import Worker
from dimchat.pack import find_pack
from dimchat.regress import CASES_FOLDER, load_items
from dimchat.store import open_assistant
from dimchat.tui.session import Session

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant
    from dimchat.model import Pack

SEED = 9
FIRST = datetime(2026, 11, 16, tzinfo=UTC)
DAYS = 7
VISITORS = (62, 58, 71, 66, 49, 18, 12)
"""How many come on each day, Monday first."""
HOURS = (1, 2, 5, 8, 9, 11, 9, 7, 8, 6, 3, 2)
"""How many of them come in the hours from 8 to 19, in parts."""
FACES = (("kiosk", 6), ("chat", 3), ("web", 2))
FRESH = (
    ("do managers get a company car", 9),
    ("is there a company car for managers", 5),
    ("company car for imaging managers?", 4),
    ("is there a podcast for imaging managers", 5),
    ("podcasts about managing imaging", 4),
    ("good podcast for radiology managers", 3),
    ("can i take my dog to work in imaging", 3),
    ("are dogs allowed in the imaging department", 2),
    ("what shoes do managers wear", 2),
    ("is there a union for imaging managers", 6),
    ("are imaging managers in a union", 4),
    ("do managers join the union", 3),
    ("how many managers are left handed", 1),
    ("who invented the x ray machine", 3),
    ("how much do nurses make", 5),
    ("where is the cafeteria", 7),
    ("do i have to write reports for the board", 3),
    ("how do i write a report for the board", 3),
    ("renewal", 6),
    ("certification", 6),
    ("my chest hurts", 2),
    ("i feel dizzy", 1),
    ("is the job dangerous for pregnant managers", 3),
    ("can i be a manager while pregnant", 2),
    ("do managers get stock options", 3),
    ("stock options for hospital managers", 2),
)
DETAILS = (
    "my name is Dana Whitfield, {question}",
    "{question} mail me at dana.whitfield@example.org",
    "call me at (614) 555-0143, {question}",
    "DOB 03/14/1985 {question}",
    "{question} my MRN is 00482913",
    "I live at 12 Oak Street, {question}",
)
PLANTED = ("whitfield", "example.org", "555-0143", "03/14/1985", "00482913", "oak street")
SLIPS = 0.12
PERSONAL = 0.04
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slipped(text: str, rng: random.Random) -> str:
    """Return a text with one letter doubled, left out or replaced."""
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(("", text[at] * 2, rng.choice(LETTERS))) + text[at + 1 :]


def question(cases: list[str], rng: random.Random) -> str:
    """Return what a visitor types."""
    if rng.random() < 0.3:  # noqa: PLR2004 - nearly a third asks what nobody foresaw
        text = rng.choices([each for each, _ in FRESH], [often for _, often in FRESH])[0]
    else:
        text = rng.choice(cases)
    if rng.random() < SLIPS:
        text = slipped(text, rng)
    return rng.choice(DETAILS).format(question=text) if rng.random() < PERSONAL else text


def visit(session: Session, cases: list[str], rng: random.Random) -> int:
    """Hold one conversation and return how many messages it had."""
    said = 0
    for _ in range(rng.choice((1, 2, 2, 3, 4, 6))):
        asked = question(cases, rng)
        turn = session.say(asked)
        said += 1
        options = turn.reply.options
        if options and rng.random() < 0.7:  # noqa: PLR2004 - most pick one of the choices
            option = rng.choice(options)
            session.pick(option.intent, option.title)
            said += 1
        elif turn.reply.kind == "answer":
            chance = rng.random()
            if chance < 0.12:  # noqa: PLR2004
                session.recorder.rate(meant=True)
            elif chance < 0.16:  # noqa: PLR2004
                session.recorder.rate(meant=False)
            elif chance < 0.22:  # noqa: PLR2004 - some try the same again
                session.say(slipped(asked, rng))
                said += 1
    return said


def week(url: str, pack: Pack, assistant: Assistant, cases: list[str]) -> int:
    """Let a week of visitors come, and return how many messages they said."""
    rng = random.Random(SEED)  # noqa: S311 - the same visitors each time
    now = [FIRST]

    def clock() -> datetime:
        return now[0]

    worker = Worker(lambda: Store(url), clock=clock, limit=100_000)
    said = 0
    for day in range(DAYS):
        for hour in sorted(rng.choices(range(8, 20), HOURS, k=VISITORS[day])):
            now[0] = FIRST + timedelta(days=day, hours=hour)
            face = rng.choices([name for name, _ in FACES], [often for _, often in FACES])[0]
            recorder = JournalRecorder(worker, mode="full", face=face, pack=pack.digest, clock=clock)
            said += visit(Session(pack, assistant, lambda: 0.0, recorder), cases, rng)
    worker.start()
    loss = worker.close(60)
    if loss.lost:
        raise SystemExit(f"{loss.lost} rows were lost: {loss.reason}")
    return said


def main() -> None:
    """Fill the journal at the address that is given."""
    pack, assistant = open_assistant(None)
    root = find_pack(None)
    cases = [item.ask for item in load_items((root / CASES_FOLDER,), root, pack) if not item.in_conversation]
    cases = [text for text in cases if assistant.ask(text)[0].kind != "safety"]
    said = week(sys.argv[1], pack, assistant, cases)
    print(f"{said} messages")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
