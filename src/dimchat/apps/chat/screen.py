"""The chat: a title, the conversation, a line to type in, the keys that work now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from dimchat.apps.base.prompt import Prompt
from dimchat.apps.base.text_widget import PROMPT, Flow, Line, literal
from dimchat.apps.chat.commands import find, is_command, rest_of
from dimchat.apps.chat.commands_screen import WITH_ARGUMENT, Acts
from dimchat.apps.chat.frame import Hints, Keys, Near, Title
from dimchat.apps.chat.prompt import ChatPrompt

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from dimchat.apps.base.find_questions import QuestionFinder
    from dimchat.apps.base.offered import Choice
    from dimchat.apps.base.session import Session, Turn
    from dimchat.apps.chat.commands import Command
    from dimchat.apps.chat.export import Exports
    from dimchat.apps.chat.settings import Settings
    from dimchat.apps.chat.turn import Answer, ChoiceRow, Entry, Typed
    from dimchat.model import Pack, Suggestion


SOON = 0.5
"""Seconds after which a chat that is not ready says what it does."""
LATER = Path(__file__).with_name("turns.tcss")
"""The sheet that the first frame does not wait for."""


class ChatScreen(Acts, inherit_bindings=False):
    """Turns what is typed and clicked into turns of the session, and shows them."""

    AUTO_FOCUS = "Prompt"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next_choice", "chat.key.choices", id="chat.next_choice", tooltip="chat.tip.choices"),
        Binding("shift+tab", "previous_choice", show=False, id="chat.previous_choice", tooltip="chat.tip.choices_back"),
        Binding("ctrl+g,alt+up", "answers", "chat.key.answers", id="chat.answers", tooltip="chat.tip.answers"),
        Binding("escape", "close_panel", "chat.key.panel", id="chat.close_panel", tooltip="chat.tip.panel_close"),
        Binding("ctrl+p", "palette", "chat.key.palette", id="chat.palette", tooltip="chat.tip.palette"),
        Binding("f1", "help", "chat.key.help", show=False, id="chat.help", tooltip="chat.tip.help"),
        Binding("f3", "rate(True)", "chat.key.rate_yes", id="chat.meant", tooltip="chat.tip.rate_yes"),
        Binding("f4", "rate(False)", "chat.key.rate_no", id="chat.not_meant", tooltip="chat.tip.rate_no"),
        Binding("pageup", "scroll('page_up')", show=False, id="chat.page_up", tooltip="chat.tip.page_up"),
        Binding("pagedown", "scroll('page_down')", show=False, id="chat.page_down", tooltip="chat.tip.page_down"),
        Binding("ctrl+up", "scroll('up')", show=False, id="chat.line_up", tooltip="chat.tip.line_up"),
        Binding("ctrl+down", "scroll('down')", show=False, id="chat.line_down", tooltip="chat.tip.line_down"),
        Binding("shift+pageup", "scroll_panel('page_up')", show=False, id="chat.panel_up", tooltip="chat.tip.panel_up"),
        Binding(
            "shift+pagedown",
            "scroll_panel('page_down')",
            show=False,
            id="chat.panel_down",
            tooltip="chat.tip.panel_down",
        ),
        Binding("ctrl+home", "scroll('home')", show=False, id="chat.first", tooltip="chat.tip.first"),
        Binding("ctrl+end", "scroll('end')", show=False, id="chat.latest", tooltip="chat.tip.latest"),
    ]

    def __init__(
        self, today: Callable[[], date], settings: Settings | None = None, exports: Exports | None = None
    ) -> None:
        """Wait for a session; messages that come before it are answered when it is there."""
        super().__init__(today, settings, exports)
        self.hints = Hints()
        self.near = Near()
        self._looking: Timer | None = None
        self._finder: QuestionFinder | None = None
        self.prompt = ChatPrompt()
        self._waiting: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay the screen out from top to bottom."""
        self.prompt.placeholder = self.words("chat.placeholder")
        with Vertical(id="top"):
            yield Title()
        yield self.conversation
        with Vertical(id="below"), Vertical(id="desk"):
            with Horizontal(id="entry"):
                yield Flow([Line(Content(PROMPT).stylize("$accent"))], id="mark")
                yield self.prompt
            yield Keys()

    def on_mount(self) -> None:
        """Paint first what is there from the beginning."""
        self.call_after_refresh(self._furnish)
        self.set_timer(SOON, self._wait)

    async def _wait(self) -> None:
        """Say that the answers are still being read, above what was typed meanwhile; soon they are there."""
        if self.session is not None:
            return
        await self._furnish()
        await self.conversation.clear()
        typed = (Line(literal(text), Content(f"{PROMPT} ").stylize("$accent")) for text in self._waiting)
        await self._note(None, [Line(Content(self.words("chat.reading")).stylize("$quiet")), *typed], ())

    async def _furnish(self) -> None:
        """Add what shows only later, and how it looks; once."""
        if self.panel.is_attached:
            return
        self.app.stylesheet.add_source(LATER.read_text(encoding="utf-8"), read_from=(str(LATER), ""))
        with self.app.batch_update():
            await self.mount(self.panel, before="#top")
            await self.query_one("#desk").mount(self.hints, before=0)
            await self.query_one("#desk").mount(self.near, after="#entry")
            self.prompt.near = self.near
        self._on_changed()

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        """Give the focus back to the prompt wherever a click or a screen would leave it nowhere."""
        super().set_focus(widget or self.prompt, scroll_visible, from_app_focus)

    def on_resize(self) -> None:
        """Keep the sources beside the conversation only while there is room."""
        self.panel.fit()
        self.refresh_bindings()

    async def begin(self, session: Session) -> None:
        """Welcome the visitor, and answer what was typed meanwhile."""
        await self._furnish()
        self.session = session
        self.query_one(Title).name_pack(session.pack.title)
        self.prompt.placeholder = session.pack.words.prompt or self.words("chat.placeholder")
        self._find_in(session.pack)
        await self.conversation.clear()
        if session.turns:
            await self.conversation.add_all([self._entry(turn) for turn in session.turns])
            self.refresh_bindings()
        else:
            await self.action_topics()
        waiting, self._waiting = self._waiting, []
        for text in waiting:
            await self.submit(text)

    async def submit(self, text: str) -> None:
        """Act on a message: the key of a choice, a command, or something to ask."""
        if not text.strip():
            return
        if self.session is None:
            self._waiting.append(text)
            await self._wait()
            return
        choice = self.conversation.by_key(text)
        if choice is not None:
            await self.pick(choice)
        elif is_command(text):
            await self._command(text)
        elif told := self.session.out_of_range(text, self.conversation.choices):
            await self._note(text, [Line(literal(told))], self.conversation.choices, inside=False)
        else:
            from dimchat.language.questions import split_lines  # noqa: PLC0415 - not before the first paint

            for line in split_lines(text):
                await self._show(self.session.say(line))

    async def pick(self, choice: Choice) -> None:
        """Do what a row stands for."""
        from dimchat.apps.base.offered import ASK, COMMAND, FOR, NONE, OPEN  # noqa: PLC0415 - not before the first paint

        self.prompt.focus()
        if self.session is None:
            return
        if choice.what == ASK:
            await self._show(self.session.pick(choice.target, choice.label))
        elif choice.what == NONE:
            await self._show(self.session.none(choice.label))
        elif choice.what == OPEN:
            await self._open(choice.target)
        elif choice.what == FOR:
            self.action_for(choice.target)
        elif choice.what == COMMAND:
            await self.run_action(choice.target)

    def _find_in(self, pack: Pack) -> None:
        from dimchat.apps.base.find_questions import QuestionFinder  # noqa: PLC0415 - not before the first paint

        self._finder = finder = QuestionFinder(pack)
        self.prompt.rest = lambda typed: rest_of(typed) if is_command(typed) else finder.rest(typed)

    async def _command(self, text: str) -> None:
        command = find(text)
        if command is None:
            unknown = literal(self.words("chat.no_command", command=text.split(maxsplit=1)[0]))
            await self._note(text, [Line(unknown)], self.conversation.choices, inside=False)
        else:
            await self.do(command.name, text.partition(" ")[2].strip())

    async def do(self, command: str, argument: str = "") -> None:
        """Do what a command of this name does."""
        if command == "help":
            self.show_help()
        elif command in WITH_ARGUMENT:
            getattr(self, f"action_{command.replace('-', '_')}")(argument)
        else:
            await self.run_action(command)

    async def _show(self, turn: Turn) -> None:
        await self.conversation.add(self._entry(turn))
        if (session := self.session) is not None and session.told:
            self._find_in(session.pack)
            self.say(session.told)
        if session is not None and self.panel.display and turn.reply.citations:
            self.panel.open(turn, session.pack)
        self.refresh_bindings()

    def _entry(self, turn: Turn) -> Entry:
        from dimchat.apps.base.offered import choices_of  # noqa: PLC0415 - not before the first paint
        from dimchat.apps.chat.turn import Entry  # noqa: PLC0415 - not before the first paint

        choices = choices_of(turn.reply, self.session.pack, self.words) if self.session is not None else []
        inside, whole = turn.reply.kind != "answer", self.settings.whole_answers
        return Entry(turn.said, turn, self._today(), tuple(choices), inside, whole=whole)

    async def action_again(self) -> None:
        """Ask once more what was asked last."""
        if self.session is None or self.session.last is None:
            self.say(self.words("chat.no_reply"))
        else:
            await self._show(self.session.again(self.session.last))

    def action_palette(self) -> None:
        """List everything that can be done, to be found by a few letters."""
        from dimchat.apps.chat.dialogs import PaletteScreen  # noqa: PLC0415 - not before the first paint

        self.app.push_screen(PaletteScreen(), self._on_palette)

    async def _on_palette(self, command: Command | None) -> None:
        """Do what was picked; a command that needs a word more waits for it in the prompt."""
        self.prompt.focus()
        if command is None:
            return
        if command.needs_argument:
            self.prompt.value = f"/{command.name} "
        elif command.name == "quit":
            await self.run_action("app.copy_or_leave")
        else:
            await self.do(command.name)

    async def action_clear(self) -> None:
        """Begin anew, with nothing kept."""
        if self.session is not None:
            self.session.forget()
            self.panel.close()
            await self.conversation.clear()
            await self.action_topics()

    async def action_next_choice(self) -> None:
        """Take what stands behind the cursor; else light the first choice, or the next one."""
        if self.prompt.has_focus and self.prompt.take_suggestion():
            return
        await self.conversation.ready_last()
        self.focus_next("ChoiceRow, Prompt")

    async def action_previous_choice(self) -> None:
        """Light the last choice, or the one before."""
        await self.conversation.ready_last()
        self.focus_previous("ChoiceRow, Prompt")

    async def action_scroll(self, where: str) -> None:
        """Move through the conversation while the prompt keeps the focus."""
        if where in {"home", "end"}:
            await self.conversation.go(where)
        else:
            getattr(self.conversation, f"scroll_{where}")(animate=self.app.animation_level != "none")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the way to the choices only while there are some, and the keys of the sources while they show."""
        if action in {"next_choice", "previous_choice"}:
            return bool(self.conversation.choices or self.prompt.suggestion)
        if action == "answers":
            return self.session is not None and self.session.last is not None
        if action in {"close_panel", "scroll_panel"}:
            return self.panel.display
        if action == "rate":
            return self.session is not None and self.session.recorder.rateable
        return super().check_action(action, parameters)

    @on(Prompt.Submitted)
    async def _on_submitted(self, event: Prompt.Submitted) -> None:
        await self.submit(event.text)

    @on(Prompt.Changed)
    def _on_changed(self) -> None:
        if self.hints.is_attached and not self.prompt.searching:
            self.hints.match(self.prompt.value)
        if self._looking is not None:
            self._looking.stop()
        if self._asks(self.prompt.value):
            from dimchat.apps.base.find_questions import PAUSE  # noqa: PLC0415 - not before the first paint

            self._looking = self.set_timer(PAUSE, self.look)
        elif self.near.is_attached:
            self.near.offer(())

    def _asks(self, typed: str) -> bool:
        """Return whether what is typed may become a question: no command, no key of a choice, and long enough."""
        from dimchat.apps.base.find_questions import FEWEST  # noqa: PLC0415 - not before the first paint

        long = len(typed.strip()) >= FEWEST and not is_command(typed)
        return long and not self.prompt.searching and self.conversation.by_key(typed) is None

    @work(thread=True, exclusive=True, group="near")
    def look(self) -> None:
        """Find the questions nearest to what is typed, apart from the screen, and show them if it is still typed."""
        typed, session, finder = self.prompt.value, self.session, self._finder
        if session is not None and finder is not None and self._asks(typed):
            found = session.near(finder.completed(typed))
            self.app.call_from_thread(self._show_near, typed, found)

    def _show_near(self, typed: str, found: tuple[Suggestion, ...]) -> None:
        if self.prompt.value == typed and self.near.is_attached:
            self.near.offer(found)

    async def on_near_picked(self, event: Near.Picked) -> None:
        """Ask the question in place of what was typed."""
        self.prompt.take()
        self.near.offer(())
        self.prompt.focus()
        if self.session is not None:
            await self._show(self.session.pick(event.question.intent, event.question.title))

    @on(ChatPrompt.Searched)
    def _on_searched(self, event: ChatPrompt.Searched) -> None:
        self.hints.search(event.found, event.at)

    async def on_choice_row_picked(self, event: ChoiceRow.Picked) -> None:
        """Do what a row stands for."""
        await self.pick(event.choice)

    def on_typed(self, event: Typed) -> None:
        """Go on in the prompt with what was typed."""
        self.prompt.focus()
        self.prompt.insert(event.character)

    def on_left(self) -> None:
        """Go back to the prompt."""
        self.prompt.focus()

    @on(Prompt.TooLong)
    def _on_too_long(self, event: Prompt.TooLong) -> None:
        self.say(self.words("chat.paste_cut", limit=event.limit))

    async def action_answers(self) -> None:
        """Light the last answer, from there the one before, so that its keys work."""
        await self._light(-1)

    async def on_answer_stepped(self, event: Answer.Stepped) -> None:
        """Light the answer before, or the one after; behind the last one is the prompt."""
        await self._light(event.step)

    async def _light(self, step: int) -> None:
        answer = await self.conversation.answer_beside(self.focused, step)
        if answer is not None:
            answer.focus(scroll_visible=False)
        elif step > 0:
            self.prompt.focus()

    def on_answer_cited(self, event: Answer.Cited) -> None:
        """Show the source that was clicked."""
        self.show_sources(event.turn, event.number)

    def on_answer_why_asked(self, event: Answer.WhyAsked) -> None:
        """Show why the reply came."""
        self.show_why(event.turn)

    def on_answer_copy_asked(self, event: Answer.CopyAsked) -> None:
        """Copy the reply."""
        self.copy_reply(event.turn)
