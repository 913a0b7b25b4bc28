"""A failure as a curator needs it: what was asked, expected and got, why, and how to see more."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from dimchat.quality.runner import decisive

if TYPE_CHECKING:
    from dimchat.dialogue import Explanation
    from dimchat.model import Candidate, Pack, Reply
    from dimchat.quality.cases import Item
    from dimchat.quality.runner import Outcome


def failure_text(outcome: Outcome, pack: Pack, explanation: Explanation) -> str:
    """Return the report of one failed item, several lines, the first `file:line  message`.

    Args:
        outcome: what became of the item.
        pack: where the phrases stand.
        explanation: why the item's message gets its reply, in the outcome's context.
    """
    candidates = decisive(explanation)
    item = outcome.item
    lines = [f"{item.place.file}:{item.place.line}  {item.ask}"]
    after = "".join(f"   after {quoted(text)}" for text in item.after[-1:])
    lines.append(row("asked", quoted(item.ask) + after))
    if outcome.status == "xpassed":
        lines.append(row("expected", f"to fail: {item.xfail}"))
        lines.append(row("got", "what the case expects; take the xfail out"))
    else:
        lines += [row("expected", failure) for failure in outcome.failures]
        lines.append(row("got", got(outcome.reply, pack, candidates)))
    rivals = [candidate for candidate in candidates if candidate.intent not in outcome.reply.intents]
    if rivals and candidates:
        lines.append(
            row(
                "runner-up",
                f"{rivals[0].intent}  {rivals[0].confidence:.2f}   "
                f"margin {abs(candidates[0].margin):.2f}, needs {explanation.margin:.2f}",
            )
        )
    lines.append(row("replay", replay(item)))
    return "\n".join(lines)


def row(name: str, text: str) -> str:
    """Return one indented line of a report."""
    return f"  {name:<10} {text}"


def quoted(text: str) -> str:
    """Return the text in double quotes, on one line."""
    return '"' + text.replace("\n", " ") + '"'


def got(reply: Reply, pack: Pack, candidates: tuple[Candidate, ...]) -> str:
    """Return what came instead, with the phrase that brought it."""
    if not reply.intents:
        offered = ", ".join(option.intent for option in reply.options)
        return f"{reply.kind}{f' of {offered}' if offered else ''}{f' ({reply.outside})' if reply.outside else ''}"
    text = f"{' and '.join(reply.intents)}  {reply.confidence:.2f}"
    for candidate in candidates:
        if candidate.intent == reply.intents[0]:
            return f'{text}   via phrase "{candidate.phrase}"{where(candidate, pack)}'
    return text


def where(candidate: Candidate, pack: Pack) -> str:
    """Return ` (file:line)` of the candidate's phrase, empty where it is a title."""
    intent = pack.intent.get(candidate.intent)
    for phrase in intent.phrases if intent else ():
        if phrase.text == candidate.phrase:
            return f" ({phrase.place.file}:{phrase.place.line})"
    return ""


def replay(item: Item) -> str:
    """Return the command that shows why, ready to paste into a shell."""
    words = ["dimchat", "explain"]
    for text in item.after:
        words += ["--after", text]
    # A question that starts with a dash would be read as an option.
    words += ["--", item.ask] if item.ask.startswith("-") else [item.ask]
    return " ".join(words[:2] + [part if part.startswith("--") else shell_quoted(part) for part in words[2:]])


def shell_quoted(text: str) -> str:
    """Return the text in double quotes where a shell leaves it alone in them, else quoted safely."""
    plain = all(character.isprintable() and character not in '"\\$`!' for character in text)
    return f'"{text}"' if plain else shlex.quote(text)
