"""The part of the screen that changes: tiles, questions, or a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Grid, Horizontal, Vertical, VerticalScroll
from textual.content import Content

from dimchat.apps.base.offered import body_of, category_choices, cited, has_more, reader_choices
from dimchat.apps.base.reply_lines import category_lines, said_lines
from dimchat.apps.base.text_widget import BLANK, Flow, Line, Note, Question, words_of
from dimchat.apps.stand.touch import Pad, Tile, category_row, source_line, tile_lines

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.widget import Widget

    from dimchat.apps.base.offered import Choice
    from dimchat.apps.base.session import Session, Turn
    from dimchat.model import Category, Option
    from dimchat.wording import Catalogue


@dataclass(frozen=True, slots=True)
class Tiles:
    """The topics."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of one topic."""

    category: Category


@dataclass(frozen=True, slots=True)
class Said:
    """A reply."""

    turn: Turn
    whole: bool = False


View = Tiles | Questions | Said
UP, DOWN = "▲", "▼"


class Reading(Note, inherit_bindings=False):
    """The words of a reply; a click on [1] shows that source."""

    ALLOW_SELECT = False

    def action_cite(self, number: int) -> None:
        """Show a source."""
        self.post_message(Pad.Pressed(("source", str(number))))


class Rail(Vertical, inherit_bindings=False):
    """Two places to touch that scroll; only there while something is hidden."""

    def compose(self) -> ComposeResult:
        """Put up above down."""
        for label, where in ((UP, "page_up"), (DOWN, "page_down")):
            pad = Pad(label, "scroll", where, classes="-rail")
            pad.can_focus = False  # a keyboard has keys for it
            yield pad


class Meant(Horizontal, inherit_bindings=False):
    """Asks whether an answer was what was meant; only there while a journal is kept."""

    def compose(self) -> ComposeResult:
        """Put two places to touch behind the question."""
        yield Flow([Line(Content(words_of(self)("stand.meant")).stylize("$quiet"))])
        yield Pad(words_of(self)("stand.meant_yes"), "rate", "yes", classes="-meant")
        yield Pad(words_of(self)("stand.meant_no"), "rate", "no", classes="-meant")


class Stage(Horizontal, inherit_bindings=False):
    """Shows one view, with the rail beside it where it is taller than the screen."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.body = VerticalScroll(id="stage-body", can_focus=False)
        self.rail = Rail()

    def compose(self) -> ComposeResult:
        """Put the rail at the right."""
        yield self.body
        yield self.rail

    def on_mount(self) -> None:
        """Measure whatever changes what is shown."""
        for size in ("size", "virtual_size"):
            self.watch(self.body, size, self._measure_soon, init=False)

    async def show(self, view: View, session: Session, today: date, y: float = 0) -> None:
        """Show a view from a row on."""
        with self.app.batch_update():
            await self.body.remove_children()
            await self.body.mount_all(widgets_of(view, session, today, words_of(self)))
        self.body.scroll_to(y=y, animate=False)

    async def thank(self) -> None:
        """Put thanks in the place of the question whether an answer was meant."""
        for meant in self.body.query(Meant):
            await meant.remove_children()
            await meant.mount(Flow([Line(Content(words_of(self)("stand.meant_thanks")).stylize("$quiet"))]))

    def _measure_soon(self) -> None:
        self.call_after_refresh(self._measure)

    def _measure(self) -> None:
        """Show the rail where something is hidden; once it fits beside the rail, it fits without."""
        self.rail.display = self.body.max_scroll_y > 0


def widgets_of(view: View, session: Session, today: date, words: Catalogue) -> list[Widget]:
    """Return what a view consists of."""
    if isinstance(view, Tiles):
        head = Flow([Line(Content(words("stand.tiles_head")).stylize("bold"))], classes="-head")
        return [head, _tiles(category_choices(session.pack)), *_readers(session, words)]
    if isinstance(view, Questions):
        rows = [Pad(i.title, "ask", i.id, classes="-row") for i in session.questions(view.category)]
        return [Flow(category_lines(view.category), classes="-head"), *rows]
    return _said(view, session, today, words)


def _tiles(choices: list[Choice]) -> Grid:
    """Return a tile for each category."""
    return Grid(*(Tile(tile_lines(one.label, one.about), "open", one.target, classes="-tile") for one in choices))


def _readers(session: Session, words: Catalogue) -> list[Widget]:
    """Return a row for each reader that some answer is for, and one for everyone where one was chosen."""
    reader = session.context.reader
    choices = reader_choices(session.pack, reader, 1, words)
    rows = [
        Pad(f"{choice.label} ({choice.count})" if choice.count else choice.label, "for", choice.target, classes="-row")
        for choice in choices
    ]
    return [_head(words("stand.readers_head")), *rows] if rows else []


def _said(view: Said, session: Session, today: date, words: Catalogue) -> list[Widget]:
    reply = view.turn.reply
    parts: list[Widget] = [
        Question(view.turn.said, words),
        Reading(reading_lines(view.turn, words, whole=view.whole, today=today)),
    ]
    if has_more(reply):
        parts.append(Pad(words("stand.read_less" if view.whole else "stand.read_more"), "whole", classes="-row"))
    if view.turn is session.last and session.recorder.rateable:
        parts.append(Meant())
    if reply.options:
        parts.append(_head(words("stand.which")))
        parts += [_pad(option) for option in reply.options]
        parts.append(Pad(words("reply.none"), "none", classes="-row"))
    if reply.values:
        parts.append(_head(words("stand.which")))
        # Fifty states in rows would be eight screens of them.
        parts.append(
            Grid(*(Pad(value.title, "value", value.intent, value.title, classes="-tile") for value in reply.values))
        )
    shown = cited(reply, whole=view.whole)
    if shown:
        parts.append(_head(words("stand.sources")))
        parts += [
            Pad(
                source_line(each.number, each.title, each.publisher), "source", str(each.number), classes="-row -source"
            )
            for each in shown
        ]
    if reply.suggestions and not reply.options:
        parts.append(_head(words("reply.unsure" if reply.unsure else "stand.also")))
        parts += [Pad(each.title, "ask", each.intent, classes="-row") for each in reply.suggestions]
    if reply.categories:
        parts.append(_head(words("stand.browse")))
        parts += [Pad(category_row(one), "open", one.target, classes="-row") for one in category_choices(session.pack)]
    if reply.kind != "answer":
        parts.append(Pad(words("stand.topics"), "topics", classes="-row"))
    return parts


def _pad(option: Option) -> Pad:
    """Return what a choice is touched by: one of an intent, or one of a row."""
    act = ("value", option.intent, option.title) if option.slots else ("ask", option.intent)
    return Pad(option.title, *act, classes="-row")


def _head(text: str) -> Flow:
    return Flow([Line(Content(text).stylize("$quiet"))], classes="-head")


def reading_lines(turn: Turn, words: Catalogue, *, whole: bool, today: date) -> list[Line]:
    """Return how a message was read, each answer under its title, and how fresh it is."""
    reply = turn.reply
    lines = said_lines(reply, turn.said, words, whole=whole)
    if reply.review_by is not None and reply.expired(today):
        foot = Content(words("chat.expired", date=reply.review_by)).stylize("$warning")
    elif reply.reviewed is not None:
        foot = Content(words("chat.reviewed", date=reply.reviewed)).stylize("$quiet")
    else:
        return lines
    return [*lines, BLANK, Line(foot)]


def words_in(view: View, session: Session) -> int:
    """Return how many words a view has to read, about."""
    if isinstance(view, Said):
        reply = view.turn.reply
        titles = [each.title for each in reply.options] + [each.title for each in reply.suggestions]
        texts = [body_of(reply, whole=view.whole), *titles, *(each.title for each in reply.citations)]
        return sum(len(text.split()) for text in texts)
    if isinstance(view, Questions):
        return sum(len(intent.title.split()) for intent in session.questions(view.category))
    return sum(len(f"{category.title} {category.about}".split()) for category in session.pack.categories)
