"""The chat: a title, the conversation, a line to type in, the keys that work now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input

from dimchat import render, wording
from dimchat.tui.choices import ASK, COMMAND, NONE, OPEN, Choice
from dimchat.tui.commands import find, is_command
from dimchat.tui.flow import Flow, Line
from dimchat.tui.replies import category_choices, category_lines, choices_of, question_choices
from dimchat.tui.screens.help import HelpScreen
from dimchat.tui.screens.sources import SourcesScreen
from dimchat.tui.screens.why import WhyScreen
from dimchat.tui.text import literal
from dimchat.tui.widgets.answer import Answer, Note
from dimchat.tui.widgets.bars import Hints, Title
from dimchat.tui.widgets.choice_list import ChoiceRow
from dimchat.tui.widgets.conversation import Conversation
from dimchat.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult
    from textual.widget import Widget

    from dimchat.tui.session import Session, Turn


class ChatScreen(Screen[None], inherit_bindings=False):
    """Turns what is typed and clicked into turns of the session, and shows them."""

    AUTO_FOCUS = "Prompt"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next_choice", wording.KEY_CHOICES, id="chat.next_choice", tooltip=wording.TIP_CHOICES),
        Binding(
            "shift+tab", "previous_choice", show=False, id="chat.previous_choice", tooltip=wording.TIP_CHOICES_BACK
        ),
        Binding("f1", "help", wording.KEY_HELP, show=False, id="chat.help", tooltip=wording.TIP_HELP),
        Binding("pageup", "scroll('page_up')", show=False, id="chat.page_up", tooltip=wording.TIP_PAGE_UP),
        Binding("pagedown", "scroll('page_down')", show=False, id="chat.page_down", tooltip=wording.TIP_PAGE_DOWN),
        Binding("ctrl+up", "scroll('up')", show=False, id="chat.line_up", tooltip=wording.TIP_LINE_UP),
        Binding("ctrl+down", "scroll('down')", show=False, id="chat.line_down", tooltip=wording.TIP_LINE_DOWN),
        Binding("ctrl+home", "scroll('home')", show=False, id="chat.first", tooltip=wording.TIP_FIRST),
        Binding("ctrl+end", "scroll('end')", show=False, id="chat.latest", tooltip=wording.TIP_LATEST),
    ]

    def __init__(self, today: Callable[[], date]) -> None:
        """Wait for a session; messages that come before it are answered when it is there."""
        super().__init__()
        self.session: Session | None = None
        self.conversation = Conversation()
        self.prompt = Prompt()
        self._today = today
        self._waiting: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay the screen out from top to bottom."""
        with Vertical(id="top"):
            yield Title()
        yield self.conversation
        with Vertical(id="below"), Vertical(id="desk"):
            yield Hints()
            with Horizontal(id="entry"):
                yield Flow([Line(Content(wording.CHAT_PROMPT).stylize("$accent"))], id="mark")
                yield self.prompt
            yield Footer(show_command_palette=False, compact=True)

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        """Give the focus back to the prompt wherever a click or a screen would leave it nowhere."""
        super().set_focus(widget or self.prompt, scroll_visible, from_app_focus)

    async def begin(self, session: Session) -> None:
        """Welcome the visitor, and answer what was typed meanwhile."""
        self.session = session
        self.query_one(Title).name_pack(session.pack.title)
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
            return
        offered = self.conversation.choices
        choice = offered.by_key(text) if offered is not None else None
        if choice is not None:
            await self.pick(choice)
        elif is_command(text):
            await self._command(text)
        else:
            await self._show(self.session.say(text))

    async def pick(self, choice: Choice) -> None:
        """Do what a row stands for."""
        self.prompt.focus()
        if self.session is None:
            return
        if choice.what == ASK:
            await self._show(self.session.pick(choice.target, choice.label))
        elif choice.what == NONE:
            await self._show(self.session.none(choice.label))
        elif choice.what == OPEN:
            await self._open(choice.target)
        elif choice.what == COMMAND:
            await self.run_action(choice.target)

    async def _command(self, text: str) -> None:
        command = find(text)
        if command is None:
            unknown = literal(wording.CHAT_NO_COMMAND.format(command=text.split(maxsplit=1)[0]))
            offered = self.conversation.choices
            await self.conversation.add(text, Note([Line(unknown)]), offered.choices if offered else (), inside=False)
        else:
            await self.run_action(command.name)

    async def _show(self, turn: Turn) -> None:
        if self.session is None:
            return
        choices = choices_of(turn.reply, self.session.pack)
        inside = turn.reply.kind != "answer"
        await self.conversation.add(turn.said, Answer(turn, self._today()), choices, inside=inside)
        self.refresh_bindings()

    async def _open(self, category_id: str) -> None:
        if self.session is None:
            return
        for category in self.session.pack.categories:
            if category.id == category_id:
                choices = question_choices(self.session.questions(category))
                await self.conversation.add(category.title, Note(category_lines(category)), choices, inside=True)
                self.refresh_bindings()

    async def action_topics(self) -> None:
        """Show the welcome: what this is, and every category."""
        if self.session is None:
            return
        pack = self.session.pack
        lines = [Line(literal(wording.CHAT_WELCOME.format(title=pack.title)))]
        closing = [Line(Content(wording.CHAT_PROMISE).stylize("$quiet"))]
        await self.conversation.add(None, Note(lines), category_choices(pack), closing, inside=True)
        self.refresh_bindings()

    def action_help(self) -> None:
        """Say how it works."""
        self.app.push_screen(HelpScreen(list(self.active_bindings.values())))

    def action_sources(self, number: int | None = None) -> None:
        """Show the sources of the last sourced answer in full."""
        turn = self.session.last_answer if self.session else None
        self._sources(turn, number)

    def action_why(self) -> None:
        """Show why the last reply came."""
        self._why(self.session.last if self.session else None)

    def action_more(self) -> None:
        """Show the last answer's whole text, or its short form again."""
        answer = self.conversation.last_answer
        if answer is not None and answer.has_more:
            answer.action_more()
        else:
            self._say(wording.CHAT_NO_MORE)

    def action_copy(self) -> None:
        """Copy the last reply."""
        self._copy(self.session.last if self.session else None)

    async def action_clear(self) -> None:
        """Begin anew, with nothing kept."""
        if self.session is not None:
            self.session.forget()
            await self.conversation.clear()
            await self.action_topics()

    async def action_theme(self) -> None:
        """Change between dark and light."""
        await self.run_action("app.theme")

    async def action_quit(self) -> None:
        """Leave."""
        await self.run_action("app.quit")

    def action_next_choice(self) -> None:
        """Light the first choice, or the next one."""
        self.focus_next("ChoiceRow, Prompt")

    def action_previous_choice(self) -> None:
        """Light the last choice, or the one before."""
        self.focus_previous("ChoiceRow, Prompt")

    def action_scroll(self, where: str) -> None:
        """Move through the conversation while the prompt keeps the focus."""
        getattr(self.conversation, f"scroll_{where}")(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the way to the choices only while there are some."""
        if action in {"next_choice", "previous_choice"}:
            return self.conversation.choices is not None
        return super().check_action(action, parameters)

    def _sources(self, turn: Turn | None, number: int | None = None) -> None:
        if self.session is None or turn is None:
            self._say(wording.CHAT_NO_SOURCES)
        else:
            self.app.push_screen(SourcesScreen(turn.reply, self.session.pack, number))

    def _why(self, turn: Turn | None) -> None:
        if self.session is None or turn is None:
            self._say(wording.CHAT_NO_REPLY)
        else:
            text = render.explanation_to_plain(self.session.why(turn), self.session.pack)
            self.app.push_screen(WhyScreen(turn.said, text))

    def _copy(self, turn: Turn | None) -> None:
        if self.session is None or turn is None:
            self._say(wording.CHAT_NO_REPLY)
        else:
            self.app.copy_to_clipboard(render.to_plain(turn.reply, self.session.pack))
            self._say(wording.CHAT_COPIED)

    def _say(self, text: str) -> None:
        self.notify(text, markup=False, timeout=4)

    @on(Input.Submitted)
    async def _on_submitted(self) -> None:
        await self.submit(self.prompt.take())

    @on(Input.Changed)
    def _on_changed(self, event: Input.Changed) -> None:
        self.query_one(Hints).match(event.value)

    @on(ChoiceRow.Picked)
    async def _on_picked(self, event: ChoiceRow.Picked) -> None:
        await self.pick(event.choice)

    @on(ChoiceRow.Typed)
    def _on_typed(self, event: ChoiceRow.Typed) -> None:
        self.prompt.focus()
        self.prompt.insert_text_at_cursor(event.character)

    @on(ChoiceRow.Left)
    def _on_left(self) -> None:
        self.prompt.focus()

    @on(Prompt.TooLong)
    def _on_too_long(self, event: Prompt.TooLong) -> None:
        self._say(wording.CHAT_PASTE_CUT.format(limit=event.limit))

    @on(Answer.Cited)
    def _on_cited(self, event: Answer.Cited) -> None:
        self._sources(event.turn, event.number)

    @on(Answer.WhyAsked)
    def _on_why_asked(self, event: Answer.WhyAsked) -> None:
        self._why(event.turn)

    @on(Answer.CopyAsked)
    def _on_copy_asked(self, event: Answer.CopyAsked) -> None:
        self._copy(event.turn)
