"""The visit: topics, questions, replies, a line to type in, and what can always be touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen

from dimchat.apps.base.find_questions import FEWEST, PAUSE, QuestionFinder
from dimchat.apps.base.prompt import Prompt
from dimchat.apps.base.text_widget import PROMPT, Flow, Line, literal, words_of
from dimchat.apps.stand.source import SourceScreen
from dimchat.apps.stand.stage import Questions, Said, Stage, Tiles, View, words_in
from dimchat.apps.stand.touch import LOWEST, Keyboard, KioskPrompt, Pad, nearest
from dimchat.kiosk.stand_settings import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from dimchat.apps.base.session import Session, Turn
    from dimchat.apps.stand.touch import Act
    from dimchat.journal import Mode
    from dimchat.kiosk.stand_settings import Layout
    from dimchat.model import Kind, Suggestion


FOUND = 3
"""How many questions are offered while somebody types."""
TALL = 36
"""Rows from which the keys of the screen's keyboard get a row more."""
WIDE = 110
"""Columns from which three tiles stand in a row."""
REMEMBERED = 50
"""How many views back can go."""


class HomeScreen(Screen[None], inherit_bindings=False):
    """Turns what is touched and typed into views of a session."""

    AUTO_FOCUS = "KioskPrompt"
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual types it so
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next", show=False, id="home.next"),
        Binding("shift+tab", "previous", show=False, id="home.previous"),
        Binding("escape", "back", show=False, id="home.back"),
        Binding("f3", "rate('yes')", show=False, id="home.meant"),
        Binding("f4", "rate('no')", show=False, id="home.not_meant"),
        Binding("pageup", "scroll('page_up')", show=False, id="home.page_up"),
        Binding("pagedown", "scroll('page_down')", show=False, id="home.page_down"),
    ]

    class StartOver(Message):
        """The visitor wants everything gone."""

    @dataclass
    class Showed(Message):
        """Posted when an answer is shown, with its number of words."""

        count: int

    @dataclass
    class Asked(Message):
        """There was a reply of this kind."""

        kind: Kind

    def __init__(self, today: Callable[[], date], layout: Layout, mode: Mode) -> None:
        """Wait for a session; the mode is that of the journal."""
        super().__init__(classes=f"-{layout}")
        self.session: Session | None = None
        self.prompt = KioskPrompt()
        self.stage = Stage()
        self.keyboard = Keyboard()
        self.view: View = Tiles()
        self.shape: Layout = layout
        self._before: list[tuple[View, float]] = []
        self._today = today
        self._mode = mode
        self._finder: QuestionFinder | None = None
        self._looking: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay the screen out from top to bottom."""
        yield Flow(id="home-title")
        yield self.stage
        yield Vertical(id="home-found")
        with Horizontal(id="home-entry"):
            yield Flow([Line(Content(PROMPT).stylize("$accent"))], id="home-mark")
            yield self.prompt
        yield self.keyboard
        with Horizontal(id="home-bar"):
            yield Pad("", "back", id="bar-back")
            yield Pad("", "topics", id="bar-topics")
            yield Pad("", "keyboard", id="bar-keyboard")
            yield Pad("", "size", id="bar-size")
            yield Pad("", "over", id="bar-over")

    def on_mount(self) -> None:
        """Hide what waits to be wanted."""
        self.keyboard.display = False
        self.query_one("#home-found").display = False
        self._say()
        self._fit()

    def on_resize(self) -> None:
        """Give the keys the height that there is."""
        self._fit()

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        """Give the focus back to the prompt wherever a touch would leave it nowhere."""
        super().set_focus(widget or self.prompt, scroll_visible, from_app_focus)

    async def begin(self, session: Session) -> None:
        """Show the topics."""
        self.session = session
        self._finder = QuestionFinder(session.pack)
        self._say()
        await self._show(Tiles())

    async def go_to(self, view: View) -> None:
        """Show another view, and remember this one."""
        self._before = [*self._before, (self.view, self.stage.body.scroll_y)][-REMEMBERED:]
        await self._show(view)

    async def ask(self, text: str) -> None:
        """Ask what was typed."""
        if self.session is not None and text.strip():
            await self._said(self.session.say(text))

    async def do(self, act: Act) -> None:
        """Do what a pad stands for."""
        await getattr(self, f"_do_{act[0]}")(*act[1:])

    async def _do_open(self, category_id: str) -> None:
        if self.session is not None:
            for category in self.session.pack.categories:
                if category.id == category_id:
                    await self.go_to(Questions(category))

    async def _do_ask(self, intent: str) -> None:
        if self.session is not None:
            self.prompt.value = ""  # what was typed led here
            await self._said(self.session.pick(intent, self.session.pack.intent[intent].title))

    async def _do_value(self, intent: str, title: str) -> None:
        if self.session is not None:
            await self._said(self.session.pick(intent, title))

    async def _do_none(self) -> None:
        if self.session is not None:
            await self._said(self.session.none(words_of(self)("reply.none")))

    async def _do_for(self, reader: str) -> None:
        """Let answers be for a reader, and show the topics again, where that stands."""
        if self.session is not None:
            self.session.read_as(reader)
            await self._show(Tiles())

    async def _do_whole(self) -> None:
        if isinstance(self.view, Said):
            await self._show(Said(self.view.turn, whole=not self.view.whole))

    async def _do_rate(self, meant: str) -> None:
        """Take note of whether the answer on the screen was what was meant; that is asked once."""
        session = self.session
        if session is None or not isinstance(self.view, Said) or self.view.turn is not session.last:
            return
        if session.recorder.rate(meant=meant == "yes"):
            await self.stage.thank()
            self.prompt.focus()

    async def _do_source(self, number: str) -> None:
        if isinstance(self.view, Said):
            for citation in self.view.turn.reply.citations:
                if citation.number == int(number):
                    self.app.push_screen(SourceScreen(citation))

    async def _do_topics(self) -> None:
        if not isinstance(self.view, Tiles):
            await self.go_to(Tiles())

    async def _do_back(self) -> None:
        if self._before:
            await self._show(*self._before.pop())

    async def _do_keyboard(self) -> None:
        self.keyboard.display = not self.keyboard.display
        self._say()
        self._fit()

    def _say(self) -> None:
        """Say what can always be touched, what is recorded, and what the empty line is for."""
        words, keyboard, pack = words_of(self), self.keyboard.display, self.session.pack if self.session else None
        notice = Content(words(f"stand.recorded_short.{self._mode}")).stylize("$quiet")
        title = literal(pack.title if pack else "").stylize("bold")
        self.query_one("#home-title", Flow).show([Line(title, tail=notice, clip=True)])
        own = pack.words.prompt if pack else ""
        typing = words("stand.placeholder_keyboard")
        self.prompt.placeholder = typing if keyboard else own or words("stand.placeholder")
        labels = {
            "back": "stand.back",
            "topics": "stand.topics",
            "keyboard": "stand.keyboard_hide" if keyboard else "stand.keyboard",
            "size": "stand.smaller" if self.shape == "large" else "stand.larger",
            "over": "stand.start_over",
        }
        for name, label in labels.items():
            self.query_one(f"#bar-{name}", Pad).name_anew(words(label))

    async def _do_size(self) -> None:
        self.remove_class(f"-{self.shape}")
        self.shape = LAYOUTS[1 - LAYOUTS.index(self.shape)]
        self.add_class(f"-{self.shape}")
        self._say()
        self._fit()

    async def _do_over(self) -> None:
        self.post_message(self.StartOver())

    async def _do_scroll(self, where: str) -> None:
        self.action_scroll(where)

    async def _said(self, turn: Turn) -> None:
        await self.go_to(Said(turn))
        self.post_message(self.Asked(turn.reply.kind))

    async def _show(self, view: View, y: float = 0) -> None:
        session = self.session
        if session is None:
            return
        self.view = view
        await self.stage.show(view, session, self._today(), y)
        self.query_one("#bar-back").display = bool(self._before)
        self.query_one("#bar-topics").display = not isinstance(view, Tiles)
        self.post_message(self.Showed(words_in(view, session)))
        self.prompt.focus()

    def action_go(self, across: int, along: int) -> None:
        """Light the nearest thing to touch in a direction; past the edge, the prompt."""
        pads = [pad for pad in self.query(Pad) if pad.display and pad.region.area and pad.is_on_screen]
        found = nearest(self.focused or self.prompt, [*pads, self.prompt], across, along)
        if found is not None:
            found.focus()

    def action_next(self) -> None:
        """Light the next thing to touch: from the prompt, the first of what is shown."""
        shown = [pad for pad in self.query("#stage-body Pad") if pad.focusable]
        if self.prompt.has_focus and shown:
            shown[0].focus()
        else:
            self.focus_next("Pad, KioskPrompt")

    def action_previous(self) -> None:
        """Light the one before."""
        self.focus_previous("Pad, KioskPrompt")

    async def action_back(self) -> None:
        """Go back to what was shown before."""
        await self._do_back()

    async def action_rate(self, meant: str) -> None:
        """Say whether the answer was what was meant."""
        await self._do_rate(meant)

    def action_scroll(self, where: str) -> None:
        """Move through what is shown."""
        getattr(self.stage.body, f"scroll_{where}")(animate=False)

    @on(Pad.Pressed)
    async def _on_pressed(self, event: Pad.Pressed) -> None:
        event.stop()
        await self.do(event.act)

    @on(Pad.Typed)
    def _on_pad_typed(self, event: Pad.Typed) -> None:
        event.stop()
        self.prompt.focus()
        self.prompt.insert(event.character)

    @on(Keyboard.Touched)
    def _on_touched(self, event: Keyboard.Touched) -> None:
        event.stop()
        self.prompt.touch(event.means)

    @on(Prompt.Submitted)
    async def _on_submitted(self, event: Prompt.Submitted) -> None:
        event.stop()
        await self.ask(event.text)

    @on(Prompt.TooLong)
    def _on_too_long(self, event: Prompt.TooLong) -> None:
        event.stop()  # nothing is said of it here

    @on(Prompt.Changed)
    async def _on_changed(self) -> None:
        """Look for what is being typed once there is a pause; offer nothing to too few letters."""
        if self._looking is not None:
            self._looking.stop()
        if len(self.prompt.value.strip()) >= FEWEST:
            self._looking = self.set_timer(PAUSE, self.look)
        else:
            await self._offer("", ())

    @work(thread=True, exclusive=True, group="near")
    def look(self) -> None:
        """Find the questions nearest to what is typed, apart from the screen, and offer them if it is still typed."""
        typed, session, finder = self.prompt.value, self.session, self._finder
        if session is not None and finder is not None and len(typed.strip()) >= FEWEST:
            self.app.call_from_thread(self.call_later, self._offer, typed, session.near(finder.completed(typed)))

    async def _offer(self, typed: str, found: tuple[Suggestion, ...]) -> None:
        if (typed and self.prompt.value != typed) or not self.is_attached:
            return
        strip = self.query_one("#home-found", Vertical)
        with self.app.batch_update():
            await strip.remove_children()
            await strip.mount_all(
                Pad(one.title, "ask", one.intent, classes="-row") for one in found[: FOUND - self.keyboard.display]
            )
            strip.display = bool(found)

    def _fit(self) -> None:
        tall = self.shape == "large" and self.size.height >= TALL
        self.keyboard.key_rows = LOWEST + 1 if tall else LOWEST
        self.set_class(self.keyboard.display, "-typing")
