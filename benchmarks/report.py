"""The tables of the peers, from the numbers of one run."""

from __future__ import annotations

from typing import Any

import data
from pages import table, verdict
from peers import DIMCHAT, PEERS, RIVAL, SLOWEST

NAMED = "train_10_named"
TRAINS = {
    data.FEW: "Ten phrases an intent",
    NAMED: "Ten phrases and the name of the intent as one more",
    data.FULL: "All training phrases",
}
AIM_CLEAN, AIM_MISSPELT, AIM_AUROC = 1.5, 3.5, 2.0
AIM_MEDIAN, AIM_SLOWEST, AIM_P99 = 10, 50, 5

Numbers = dict[str, Any]


def peers(found: Numbers) -> str:
    """Return the section about the public data sets."""
    sets: Numbers = found["sets"]
    parts = [setting(found)]
    for train, title in TRAINS.items():
        shown = accuracies(sets, train)
        parts += [f"### {title}", shown, *outside(sets, train)] if shown else []
    aimed = aims(sets)
    parts += ["### Speed and size", speeds(sets), *(["### Aims", *aimed] if aimed else [])]
    parts += [*embeddings(sets), missing(sets)]
    return "\n\n".join(part for part in parts if part)


def setting(found: Numbers) -> str:
    """Return what was measured, on what, with which versions."""
    of_sets = "; ".join(
        f"{name}: {one['intents']} intents, "
        + ", ".join(f"{n} phrases ({train})" for train, n in one["phrases"].items() if train != NAMED)
        + ", questions: "
        + ", ".join(f"{n} ({split})" for split, n in one["questions"].items())
        for name, one in found["sets"].items()
    )
    versions: dict[str, str] = {}
    for one in found["sets"].values():
        for jobs in one["jobs"].values():
            for result in jobs.values():
                versions |= {package: number for package, number in result.get("versions", {}).items() if number}
    listed = ", ".join(f"{package} {number}" for package, number in sorted(versions.items()))
    machine = found["machine"]
    return (
        f"dimchat {machine['dimchat']} on Python {machine['python']}, {machine['system']} on {machine['processor']}, "
        f"one thread for each peer. {listed}.\n\n"
        f"{of_sets}."
    )


def percent(value: float | None) -> str:
    """Return a share as a percentage, or a dash."""
    return "-" if value is None else f"{100 * value:.1f}"


def accuracies(sets: Numbers, train: str) -> str:
    """Return accuracy by peer and set, clean and misspelt."""
    shown = [name for name, one in sets.items() if train in one["jobs"]]
    rows = []
    for peer in PEERS:
        cells = []
        for name in shown:
            own = sets[name]["jobs"][train].get(peer, {}).get("accuracy", {})
            cells.append(f"{percent(own.get(data.CLEAN))} / {percent(own.get(data.MISSPELT))}" if own else "-")
        if any(cell != "-" for cell in cells):
            rows.append((_title(peer), *cells))
    if not rows:
        return ""
    return "Accuracy in per cent, clean / misspelt:\n\n" + table(("peer", *shown), rows)


def outside(sets: Numbers, train: str) -> list[str]:
    """Return the tables of telling in from out of scope, where a set has questions for that."""
    parts = []
    for name, one in sets.items():
        jobs = {peer: job for peer, job in one["jobs"].get(train, {}).items() if job.get("auroc")}
        if not jobs:
            continue
        splits = list(next(iter(jobs.values()))["auroc"])
        head = [title for split in splits for title in (f"AUROC, {split}", f"rejected at -3 points, {split}")]
        rows = [
            (
                _title(peer),
                *(cell for split in splits for cell in (percent(job["auroc"][split]), percent(job["rejected"][split]))),
            )
            for peer, job in jobs.items()
        ]
        parts.append(
            f"Out of scope, {name}: how often a question in scope is surer than one out of scope, and how many of the "
            f"latter the cut turns away that costs three points of accuracy (none where most was wrong):\n\n"
            f"{table(('peer', *head), rows)}"
        )
    return parts


def speeds(sets: Numbers) -> str:
    """Return time and memory by peer, after ten phrases an intent of the first set."""
    name, one = next(iter(sets.items()))
    jobs = one["jobs"][data.FEW]
    every = [jobs for own in sets.values() for jobs in own["jobs"].values()]
    rows = []
    for peer, job in jobs.items():
        if "median" not in job:
            continue
        imports = sorted(other[peer]["import"] for other in every if "import" in other.get(peer, {}))
        cells = (f"{job['fit']:.2f}", f"{job['median']:.3f}", f"{job['p99']:.3f}")
        rows.append((_title(peer), *cells, f"{imports[len(imports) // 2]:.2f}", f"{job['peak']:.0f}"))
    head = ("peer", "fit s", "median ms", "p99 ms", "import s", "peak MB")
    return (
        f"{name}, ten phrases an intent; a question at a time. The peak is that of a process that learns and answers. "
        "Times are the processor's. dimchat ranks its five best; the evidence for a candidate is worked out when it is "
        f"looked at, and not in its time.\n\n{table(head, rows)}"
    )


def aims(sets: Numbers) -> list[str]:
    """Return dimchat against its strongest lexical peer, with paired intervals, and speed as ratios."""
    rows = []
    for train, words in zip(TRAINS, ("ten phrases", "ten phrases and the name", "all phrases"), strict=True):
        for name, one in sets.items():
            for split, (value, low, high) in one["ahead"].get(train, {}).items():
                aim = {data.CLEAN: AIM_CLEAN, data.MISSPELT: AIM_MISSPELT}.get(split, AIM_AUROC)
                what = "accuracy" if split in (data.CLEAN, data.MISSPELT) else "AUROC"
                kept = verdict(reached=100 * value >= aim) if train == data.FEW else "no aim"
                cells = (f"{100 * value:+.1f}", f"{100 * low:+.1f} to {100 * high:+.1f}")
                wanted = f"{aim:+.1f}" if train == data.FEW else ""
                rows.append((f"{name}, {words}: {what}, {split}", *cells, wanted, kept))
    head = ("points ahead of", "dimchat", "95 % interval", "aim", "")
    parts = [f"{table((f'{head[0]} {PEERS[RIVAL].title}', *head[1:]), rows)}"] if rows else []
    jobs = next(iter(sets.values()))["jobs"][data.FEW]
    own, rival = jobs.get(DIMCHAT, {}), jobs.get(RIVAL, {})
    if "median" in own:
        p99 = own["p99"] / own["median"]
        speed = [("p99, in medians", f"{p99:.1f}", f"at most {AIM_P99}", verdict(reached=p99 <= AIM_P99))]
        if "median" in rival:
            times = rival["median"] / own["median"]
            name = f"times faster than {PEERS[RIVAL].title}"
            speed.append((name, f"{times:.1f}", f"at least {AIM_MEDIAN}", verdict(reached=times >= AIM_MEDIAN)))
        parts.append(table(("median time of a question", "measured", "aim", ""), speed))
    return parts


def embeddings(sets: Numbers) -> list[str]:
    """Return by how much peers that know words from elsewhere are ahead, or behind."""
    said = []
    for train, words in ((data.FEW, "with ten phrases an intent"), (data.FULL, "with all phrases")):
        for peer, one in PEERS.items():
            if not one.embeds:
                continue
            gaps = []
            for name, own in sets.items():
                ours, theirs = (own["jobs"].get(train, {}).get(key, {}) for key in (DIMCHAT, peer))
                if "accuracy" not in ours or "accuracy" not in theirs:
                    continue
                cells = [
                    f"{100 * (theirs['accuracy'][split] - value):+.1f} {label}"
                    for split, label in ((data.CLEAN, "clean"), (data.MISSPELT, "misspelt"))
                    if (value := ours["accuracy"].get(split)) is not None
                ]
                cells += [
                    f"{100 * (theirs['auroc'][split] - value):+.1f} AUROC ({split})"
                    for split, value in ours["auroc"].items()
                ]
                gaps.append(f"{name} {', '.join(cells)}")
            if gaps:
                said.append(f"- {one.title}, {words}: {'; '.join(gaps)}.")
    return ["### Where embeddings win", "Points ahead of dimchat:", "\n".join(said)] if said else []


def missing(sets: Numbers) -> str:
    """Return who was not measured on what, and why."""
    where: dict[tuple[str, str], list[str]] = {}
    for name, one in sets.items():
        for train, jobs in one["jobs"].items():
            for peer, job in jobs.items():
                if "reason" in job:
                    where.setdefault((PEERS[peer].title, job["reason"]), []).append(f"{name} {train}")
    said = [f"- {title} on {', '.join(places)}: {reason}." for (title, reason), places in where.items()]
    return "Not measured:\n\n" + "\n".join(said) if said else "Every peer was measured on everything."


def pack(found: Numbers) -> str:
    """Return the section about the bundled pack."""
    jobs = found["jobs"]
    own = jobs.get(DIMCHAT, {})
    rows = [
        (
            _title(peer),
            f"{job['fit']:.1f}",
            f"{job['median']:.3f}",
            f"{job['p99']:.3f}",
            f"{job['median'] / own['median']:.1f}" if "median" in own else "-",
            f"{job['peak']:.0f}",
        )
        for peer, job in jobs.items()
        if "median" in job
    ]
    head = ("peer", "fit s", "median ms", "p99 ms", "median, in dimchat's", "peak MB")
    text = (
        f"{found['phrases']} phrases of {found['intents']} intents and outside groups, asked the {found['questions']} "
        f"single questions of the pack's own cases. No accuracy: the pack was written with these cases in view.\n\n"
        f"{table(head, rows)}"
    )
    if "median" in own and "median" in jobs.get(SLOWEST, {}):
        times = jobs[SLOWEST]["median"] / own["median"]
        text += (
            f"\n\nChatterBot takes {times:.0f} times dimchat's time for a question (aim: at least {AIM_SLOWEST}, "
            f"{verdict(reached=times >= AIM_SLOWEST)})."
        )
    left = [f"- {PEERS[peer].title}: {job['reason']}." for peer, job in jobs.items() if "reason" in job]
    return text + ("\n\nNot measured:\n\n" + "\n".join(left) if left else "")


def _title(peer: str) -> str:
    return f"**{PEERS[peer].title}**" if peer == DIMCHAT else PEERS[peer].title
