"""Ask the bundled pack about every state, by name, abbreviation and with a slip, and count whose row is told.

Run `python benchmarks/rows.py` from a checkout. Each of six occupations and the license is asked for each of 51
places; then come questions with a state in them that no table answers. It ends with 1 where fewer than 99 % get their
row, where one gets another state's row, or where a question that no table answers gets any.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

from dimchat.index import open_assistant
from dimchat.language.senses import dictionary
from dimchat.language.tokens import words
from dimchat.quality.robustness.variants import dropped, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.dialogue import Assistant
    from dimchat.tables import SlotValue

LEAST = 0.99
ASKED = {
    "manager": ("imaging manager salary in {}", "what does a radiology manager make in {}", "{} imaging director pay"),
    "technologist": ("rad tech pay in {}", "how much do x-ray techs make in {}", "{} radiologic technologist salary"),
    "mri_technologist": ("mri tech pay in {}", "how much does an mri tech make in {}", "{} mri technologist salary"),
    "sonographer": ("ultrasound tech pay in {}", "what do sonographers earn in {}", "{} sonographer salary"),
    "nuclear_medicine_technologist": (
        *(
            "nuclear medicine tech pay in {}",
            "what does a nuc med tech make in {}",
            "{} nuclear medicine technologist salary",
        ),
    ),
    "radiation_therapist": (
        *(
            "radiation therapist pay in {}",
            "how much do radiation therapists make in {}",
            "{} radiation therapist salary",
        ),
    ),
    "license": ("do i need a license in {} to take x-rays", "rad tech license {}", "does {} license x-ray techs"),
}
SOC = {
    "manager": "11-9111",
    "technologist": "29-2034",
    "mri_technologist": "29-2035",
    "sonographer": "29-2032",
    "nuclear_medicine_technologist": "29-2033",
    "radiation_therapist": "29-1124",
}
ELSEWHERE = (
    *("how big is {}", "who is the governor of {}", "what is the capital of {}", "rent in {}", "best hospital in {}"),
    *("how many people live in {}", "weather in {}", "is {} a nice place to live", "flights to {}", "tax in {}"),
    *("how many imaging managers work in {}", "cheapest x-ray school in {}", "hospitals hiring in {}"),
    *("nurse pay in {}", "what do teachers make in {}", "my mri was in {}", "i got hurt in {}", "ahra chapter in {}"),
    *("which university in {} has radiography", "does {} have a lot of hospitals", "driver license in {}"),
)


class Tally(NamedTuple):
    """What became of some questions."""

    right: int
    silent: int
    other: list[str]
    missed: list[str]


def misspelt(name: str, seed: int) -> str:
    """Return a name with a slip in one of its longer words, which makes no other word of it: Maine, not "mine"."""
    rng = random.Random(seed)  # noqa: S311 - a reproducible slip, no secret
    change = dropped if seed % 2 else swapped
    tries = (change(name, rng) or name for _ in range(20))
    return next((text for text in tries if not all(word in dictionary() for word in words(text))), name)


def ways(value: SlotValue, seed: int) -> Iterator[tuple[str, str]]:
    """Yield a way to write a value, and what it is called."""
    name = next(known for known in value.names if known != "Washington" or len(value.names) == 1)
    name = "Washington State" if value.id == "WA" else name
    yield "name", name
    # Whoever types "OR" or "CT" without "in" before it means something else.
    yield "abbreviation", value.id
    yield "slip", misspelt(name, seed)


def questions(assistant: Assistant) -> Iterator[tuple[str, str, str, str]]:
    """Yield a way of writing, a question, the topic that it is about and the place."""
    for topic, frames in ASKED.items():
        turn = cycle(frames)
        for seed, value in enumerate(assistant.pack.slot["state"].values):
            for way, written in ways(value, seed):
                frame = next(turn) if way != "abbreviation" else frames[0]
                yield way, frame.format(written), topic, value.id


def main() -> int:
    """Print the counts, and what went astray."""
    assistant = open_assistant(sys.argv[1] if len(sys.argv) > 1 else None)
    cells = assistant.pack.table["pay_by_state"]
    counts: Counter[tuple[str, str]] = Counter()
    astray: list[str] = []
    for way, question, topic, state in questions(assistant):
        reply, _ = assistant.ask(question)
        rows = [dict(row.key) for row in reply.rows]
        wanted = {"state": state, **({"soc": SOC[topic]} if topic in SOC else {})}
        row = cells.row(wanted) if topic in SOC else None
        told = rows == [wanted] or (row is not None and not row["median"] and not rows and reply.kind == "answer")
        # A name that several places share is asked about, which is right too.
        offered = reply.kind == "clarify" and any(state in values for o in reply.options for _, values in o.slots)
        # What names no row tells the ends of the order, with their names.
        other = {row["state"] for row in rows} - {state} if not reply.values else set()
        outcome = "right" if told or offered else "other" if other else "silent"
        counts[way, outcome] += 1
        if outcome != "right":
            astray.append(f"{outcome}: {question!r} got {reply.kind} {' '.join(reply.intents)} {rows}")
    turn = cycle(assistant.pack.slot["state"].values)
    shown = 0
    for frame in ELSEWHERE:
        for _ in range(15):
            question = frame.format(next(turn).names[0])
            reply, _ = assistant.ask(question)
            if reply.rows:
                shown += 1
                astray.append(f"shown: {question!r} got {reply.intents}")
    for way in ("name", "abbreviation", "slip"):
        own = {outcome: counts[way, outcome] for outcome in ("right", "silent", "other")}
        print(f"{way}: {own['right']} of {sum(own.values())} right, {own['silent']} without, {own['other']} another's")
    print(f"no table answers: {15 * len(ELSEWHERE)} asked, {shown} got a row")
    print("\n".join(astray))
    right = sum(count for (_, outcome), count in counts.items() if outcome == "right") / counts.total()
    return 0 if right >= LEAST and not shown and not any(o == "other" for _, o in counts) else 1


if __name__ == "__main__":
    sys.exit(main())
