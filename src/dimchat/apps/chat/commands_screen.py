"""The actions of the slash commands; the base class of the chat's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from textual import work
from textual.content import Content
from textual.screen import Screen

from dimchat.apps.base.prompt import Prompt
from dimchat.apps.base.text_widget import Line, literal, words_of
from dimchat.apps.chat.commands import is_command
from dimchat.apps.chat.conversation import Conversation
from dimchat.apps.chat.frame import ROOM, SourcePanel
from dimchat.apps.chat.settings import OURS, Settings, theme_names
from dimchat.errors import DimchatError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import date

    from dimchat.apps.base.offered import Choice
    from dimchat.apps.base.session import Session, Turn
    from dimchat.apps.chat.app import ChatApp
    from dimchat.apps.chat.export import Exports
    from dimchat.apps.chat.pages import Topic
    from dimchat.model import Citation
    from dimchat.wording import Catalogue


WITH_ARGUMENT = frozenset({"copy", "export", "for", "open", "save-test", "sources", "theme", "language"})


class Acts(Screen[None], inherit_bindings=False):
    """Shows, copies and keeps what the session holds."""

    def __init__(
        self, today: Callable[[], date], settings: Settings | None = None, exports: Exports | None = None
    ) -> None:
        """Wait for a session."""
        super().__init__()
        self._exports = exports
        self.session: Session | None = None
        self.conversation = Conversation()
        self.panel = SourcePanel()
        self.settings = settings or Settings()
        self._today = today

    @property
    def words(self) -> Catalogue:
        """Return what dimchat says here."""
        return words_of(self)

    def say(self, text: str) -> None:
        """Tell the visitor something that is no part of the conversation."""
        self.notify(text, timeout=4)

    async def _note(
        self,
        question: str | None,
        lines: list[Line],
        choices: Sequence[Choice],
        closing: tuple[Line, ...] = (),
        *,
        inside: bool = True,
    ) -> None:
        from dimchat.apps.chat.turn import Entry  # noqa: PLC0415 - not before the first paint

        entry = Entry(question, tuple(lines), self._today(), tuple(choices), inside, closing)
        await self.conversation.add(entry)
        self.refresh_bindings()

    async def _open(self, category_id: str) -> None:
        from dimchat.apps.base.offered import question_choices  # noqa: PLC0415 - not before the first paint
        from dimchat.apps.base.reply_lines import category_lines  # noqa: PLC0415 - not before the first paint

        if self.session is None:
            return
        for category in self.session.pack.categories:
            if category.id == category_id:
                choices = question_choices(self.session.questions(category), self.words)
                await self._note(category.title, category_lines(category), choices)

    async def action_topics(self) -> None:
        """Show the welcome: what this is, and every category."""
        from dimchat.apps.base.offered import category_choices, reader_choices  # noqa: PLC0415 - not before the first paint

        if self.session is None:
            return
        pack = self.session.pack
        lines = [Line(literal(pack.words.welcome or self.words("chat.welcome", title=pack.title)))]
        promise = " ".join(filter(None, (self.words("chat.promise"), self.notice)))
        closing = (Line(Content(promise).stylize("$quiet")),)
        topics = category_choices(pack)
        readers = reader_choices(pack, self.session.context.reader, len(topics) + 1, self.words)
        await self._note(None, lines, [*topics, *readers], closing)

    def action_help(self) -> None:
        """Say what can be done with what has the focus."""
        from dimchat.apps.chat.turn import Answer, ChoiceRow  # noqa: PLC0415 - not before the first paint

        focused = self.focused
        if isinstance(focused, ChoiceRow):
            self.show_help("choices")
        elif isinstance(focused, Answer):
            self.show_help("answer")
        else:
            self.show_help("commands" if isinstance(focused, Prompt) and is_command(focused.value) else "typing")

    def show_help(self, topic: Topic | None = None) -> None:
        """Say how something works; None for everything."""
        from dimchat.apps.chat.pages import HelpScreen  # noqa: PLC0415 - not before the first paint

        own = self.session.pack.words.help if self.session else ""
        self.app.push_screen(HelpScreen(list(self.active_bindings.values()), topic, self.notice, own))

    def action_sources(self, number: str = "") -> None:
        """Show the sources of the last sourced answer in full, or one of them."""
        turn = self.session.last_answer if self.session else None
        if turn is not None and number and self._numbered(turn, number) is None:
            self.say(self.words("chat.sources_number", number=number))
        else:
            self.show_sources(turn, int(number.strip("[]")) if number else None)

    def action_open(self, number: str = "") -> None:
        """Show the address of a source of the last sourced answer, the first without a number."""
        turn = self.session.last_answer if self.session else None
        found = self._numbered(turn, number or "1") if turn is not None else None
        if turn is None:
            self.say(self.words("chat.no_sources"))
        elif found is None:
            self.say(self.words("chat.sources_number", number=number))
        elif found.url:
            self.app.open_url(found.url)
        else:
            self.say(self.words("chat.source_no_address", number=found.number))

    @staticmethod
    def _numbered(turn: Turn, number: str) -> Citation | None:
        return next((each for each in turn.reply.citations if str(each.number) == number.strip("[]")), None)

    def action_link(self, number: int) -> None:
        """Show the address of a source in the panel."""
        if address := self._address(number):
            self.app.open_url(address)

    def action_copy_link(self, number: int) -> None:
        """Copy the address of a source in the panel."""
        if address := self._address(number):
            self.app.copy_to_clipboard(address)

    def _address(self, number: int) -> str | None:
        from dimchat.apps.base.offered import address_of  # noqa: PLC0415 - not before the first paint

        return address_of(self.panel.turn.reply, number) if self.panel.turn else None

    def action_close_panel(self) -> None:
        """Close the sources beside the conversation."""
        self.panel.close()
        self.refresh_bindings()

    def action_scroll_panel(self, where: str) -> None:
        """Move through the sources beside the conversation."""
        getattr(self.panel, f"scroll_{where}")(animate=self.app.animation_level != "none")

    def action_why(self) -> None:
        """Show why the last reply came."""
        self.show_why(self.session.last if self.session else None)

    @property
    def notice(self) -> str:
        """Return what a visitor is told about the journal; empty where none is kept."""
        mode = self.session.recorder.mode if self.session else "off"
        return "" if mode == "off" else self.words(f"chat.notice.{mode}")

    def action_rate(self, meant: bool) -> None:  # noqa: FBT001 - an action's argument
        """Say whether the last answer was what was meant; offered only where a journal is kept."""
        if self.session is not None and self.session.recorder.rate(meant=meant):
            self.refresh_bindings()
            self.say(self.words("chat.rate_thanks"))

    async def action_more(self) -> None:
        """Show the last answer's whole text, or its short form again."""
        answer = await self.conversation.last_answer()
        if answer is not None and answer.has_more:
            self.conversation.hold()
            answer.unfold()
        else:
            self.say(self.words("chat.no_more"))

    def action_copy(self, what: str = "") -> None:
        """Copy the last reply, with its sources unless only the text is wanted."""
        if what.casefold() in {"", self.words("chat.copy_text_only")}:
            self.copy_reply(self.session.last if self.session else None, sources=not what)
        else:
            self.say(self.words("chat.copy_usage"))

    def action_export(self, argument: str) -> None:
        """Write the conversation into a file."""
        self._write("export", argument)

    def action_save_test(self, argument: str) -> None:
        """Write the conversation as a case into a file."""
        self._write("save_case", argument)

    def _write(self, what: Literal["export", "save_case"], argument: str) -> None:
        from dimchat.apps.chat import export  # noqa: PLC0415 - not before the first paint

        pack = self.session.pack if self.session else None
        turns = tuple(self.session.turns) if self.session else ()
        write = getattr(self._exports or export.FileExports(), what)
        self._keep(write(argument, turns, pack, self._today(), self.words))

    @work(group="keep")
    async def _keep(self, writing: Awaitable[str]) -> None:
        """Tell how writing went."""
        try:
            self.say(await writing)
        except DimchatError as error:
            self.say(str(error))

    def action_theme(self, name: str = "") -> None:
        """Take a theme by its name, or the next of ours."""
        names = theme_names()
        if not name:
            self.app.call_later(self.app.run_action, "theme")
        elif (wanted := name.casefold().removeprefix(OURS)) in names:
            self.app.theme = names[wanted]
        else:
            self.say(self.words("chat.theme_unknown", name=name, names=", ".join(names)))

    def action_language(self, named: str = "") -> None:
        """Speak another language of the pack; the conversation stays. Without a name, say which there are."""
        from dimchat.render.languages import languages_told, named_language  # noqa: PLC0415 - hardly ever needed

        if self.session is None:
            return
        language = named_language(self.session.languages, named)
        if language is None or not cast("ChatApp", self.app).speak(self.session, language):
            self.say(languages_told(self.session.languages, self.words))
            return
        self.call_later(self.begin, self.session)
        self.say(self.words("chat.language_now"))

    async def begin(self, session: Session) -> None:
        """Show a session."""
        raise NotImplementedError

    def action_settings(self) -> None:
        """Show the settings, to be changed."""
        from dimchat.apps.chat.settings_screen import SettingsScreen  # noqa: PLC0415 - not before the first paint

        app = cast("ChatApp", self.app)
        languages, spoken = (self.session.languages, self.session.language) if self.session else ((), "")
        self.app.push_screen(SettingsScreen(app.settings, app.theme, app.settings_at, languages, spoken))

    def action_for(self, reader: str = "") -> None:
        """Choose whom answers are for, or say who there is."""
        if self.session is not None:
            self.say(self.session.read_as(reader))

    async def action_quit(self) -> None:
        """Leave."""
        await self.run_action("app.quit")

    def show_sources(self, turn: Turn | None, number: int | None = None) -> None:
        """Show the sources of a turn in full, or one of them."""
        if self.session is None or turn is None:
            self.say(self.words("chat.no_sources"))
        elif self.settings.side_panel and self.size.width > ROOM:
            self.panel.open(turn, self.session.pack, number)
            self.refresh_bindings()
        else:
            from dimchat.apps.chat.pages import SourcesScreen  # noqa: PLC0415 - not before the first paint

            self.app.push_screen(SourcesScreen(turn.reply, self.session.pack, number))

    def show_why(self, turn: Turn | None) -> None:
        """Show why a turn has its reply."""
        if self.session is None or turn is None:
            self.say(self.words("chat.no_reply"))
        else:
            from dimchat import render  # noqa: PLC0415 - not before the first paint
            from dimchat.apps.chat.pages import WhyScreen  # noqa: PLC0415 - not before the first paint
            from dimchat.render.why import why  # noqa: PLC0415 - not before the first paint

            found, pack = self.session.why(turn), self.session.pack
            figures = render.explanation_to_plain(found, pack, words=self.words)
            self.app.push_screen(WhyScreen(turn.said, why(found, pack, words=self.words), figures))

    def copy_reply(self, turn: Turn | None, *, sources: bool = True) -> None:
        """Copy the reply of a turn."""
        if self.session is None or turn is None:
            self.say(self.words("chat.no_reply"))
        else:
            from dimchat.apps.chat import export  # noqa: PLC0415 - not before the first paint

            text = export.copied(turn, self.session.pack, self._today(), self.words, sources=sources)
            self.app.copy_to_clipboard(text)
