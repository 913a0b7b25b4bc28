"""The review on the screen: groups, what becomes of one, and what a change does before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from dimchat.apps.base.text_widget import literal
from dimchat.apps.curator.app import CuratorApp
from dimchat.errors import DimchatError
from dimchat.index import open_assistant, open_pack
from dimchat.journal.learn.review import Proposal, Verdict, decide, nearest, open_groups, problem_of, suggested_lines
from dimchat.journal.learn.try_changes import effect_text, gist, keep, try_out
from dimchat.journal.learn.unanswered import reasons_text
from dimchat.wording import insights as shared
from dimchat.wording import review as words

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from dimchat.dialogue import Assistant
    from dimchat.journal.fleet.fleet_store import FleetJournal
    from dimchat.journal.learn.review import Group
    from dimchat.journal.learn.scope import Scope
    from dimchat.journal.learn.try_changes import Effect
    from dimchat.journal.store import Store
    from dimchat.match import Matcher
    from dimchat.model import Pack


class EffectScreen(ModalScreen[bool], inherit_bindings=False):
    """Ends with whether the change is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "decide(True)", words.KEY_KEEP, id="effect.keep", tooltip=words.TIP_KEEP),
        Binding("escape", "decide(False)", words.KEY_BACK, id="effect.back", tooltip=words.TIP_BACK),
        Binding("up", "scroll('up')", show=False, id="effect.up", tooltip=words.TIP_LINE_UP),
        Binding("down", "scroll('down')", show=False, id="effect.down", tooltip=words.TIP_LINE_DOWN),
        Binding("pageup", "scroll('page_up')", show=False, id="effect.page_up", tooltip=words.TIP_PAGE_UP),
        Binding(
            "pagedown,space", "scroll('page_down')", show=False, id="effect.page_down", tooltip=words.TIP_PAGE_DOWN
        ),
    ]

    def __init__(self, effect: Effect) -> None:
        """Take what to show."""
        super().__init__()
        self.effect = effect

    def compose(self) -> ComposeResult:
        """Put the effect in a part that scrolls."""
        with Vertical(id="effect"):
            yield Static(literal(words.EFFECT_TITLE).stylize("bold"))
            with VerticalScroll(id="effect-body", can_focus=False):
                rows = effect_text(self.effect).split("\n")
                yield Static(Content("\n").join(_coloured(row) for row in rows), id="effect-text")
            yield Footer(show_command_palette=False)

    def action_decide(self, kept: bool) -> None:  # noqa: FBT001 - an action's argument
        """Keep the change, or leave the pack as it was."""
        self.dismiss(kept)

    def action_scroll(self, where: str) -> None:
        """Move through the text."""
        getattr(self.query_one("#effect-body"), f"scroll_{where}")(animate=False)


def _coloured(row: str) -> Content:
    text = literal(row)
    if row.startswith("  +"):
        return text.stylize("$success")
    if row.startswith("  -"):
        return text.stylize("$error")
    return text if row.startswith("  ") else text.stylize("bold")


_WORDINGS = 5
_OUTSIDE = 2
_RANKED = 30


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that can become of a group."""

    verdict: Verdict
    id: str
    label: str


class ReviewApp(CuratorApp):
    """Turns groups of questions into proposals, tries them, and keeps them or not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "accept", words.KEY_ACCEPT, id="review.accept", tooltip=words.TIP_ACCEPT, priority=True),
        Binding("ctrl+t", "try", words.KEY_TRY, id="review.try", tooltip=words.TIP_TRY, priority=True),
        Binding("tab", "app.focus_next", shared.KEY_NEXT, id="review.next", tooltip=shared.KEY_NEXT),
        Binding("shift+tab", "app.focus_previous", show=False, id="review.previous", tooltip=shared.KEY_PREVIOUS),
    ]

    def __init__(self, store: Store | FleetJournal, scope: Scope, pack_dir: Path | None) -> None:
        """Take the journal and the pack.

        Args:
            store: The journal, open.
            scope: What is looked at.
            pack_dir: The folder of the pack; None for the bundled one.
        """
        super().__init__()
        self.store = store
        self.scope = scope
        self.pack_dir = pack_dir
        self.groups: list[Group] = []
        self.left_out = 0
        self.proposals: dict[str, Proposal] = {}
        """What is ready to be tried, by the form of its group."""
        self.targets: list[Target] = []
        self.trying = False

    def compose(self) -> ComposeResult:
        """Put the groups at the left and the decision at the right."""
        with Vertical(id="head"):
            yield Static(literal(words.SCREEN_TITLE).stylize("bold"))
            yield Static(id="facts")
        with Horizontal(id="review"):
            yield OptionList(id="groups")
            with VerticalScroll(id="side", can_focus=False):
                yield Static(id="wordings")
                yield Static(id="today", classes="label")
                yield Static(words.LABEL_TARGET, classes="label")
                yield OptionList(id="targets")
                yield Static(words.LABEL_ID, classes="label")
                yield Input(id="target", select_on_focus=False)
                yield Static(words.LABEL_PHRASE, classes="label")
                yield Input(id="phrase", placeholder=words.PLACE_PHRASE, select_on_focus=False)
                yield Static(words.LABEL_CASE, classes="label")
                yield Input(id="case", placeholder=words.PLACE_CASE, select_on_focus=False)
                yield Static(id="problem")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Open the pack and list the groups."""
        self._open_pack()
        self._list()
        self.query_one("#groups").focus()

    def _open_pack(self) -> None:
        self.pack: Pack
        self.assistant: Assistant
        self.matcher: Matcher
        self.assistant = open_assistant(self.pack_dir)
        self.pack = self.assistant.pack
        _, self.matcher = open_pack(self.pack_dir)

    def _list(self) -> None:
        found = open_groups(self.store, self.scope)
        self.groups, self.left_out = list(found.groups), found.left_out
        self._show_rows(0)

    def _show_rows(self, at: int) -> None:
        rows = self.query_one("#groups", OptionList)
        rows.clear_options()
        rows.add_options([Option(literal(self._row(group))) for group in self.groups])
        if self.groups:
            rows.highlighted = min(at, len(self.groups) - 1)
        text = words.SCREEN_COUNT.format(count=len(self.groups), ready=len(self.proposals))
        if self.left_out:
            text += words.SCREEN_LEFT_OUT.format(left_out=self.left_out)
        self.query_one("#facts", Static).update(literal(text if self.groups else words.SCREEN_EMPTY))
        self.query_one("#side").display = bool(self.groups)

    def _row(self, group: Group) -> str:
        mark = words.MARK_READY if group.asked.form in self.proposals else words.MARK_OPEN
        return words.ROW.format(mark=mark, times=group.asked.times, text=group.asked.text)

    @property
    def group(self) -> Group | None:
        """Return the group that is lit."""
        at = self.query_one("#groups", OptionList).highlighted
        return self.groups[at] if at is not None and at < len(self.groups) else None

    @on(OptionList.OptionHighlighted, "#groups")
    def _on_group(self) -> None:
        group = self.group
        if group is None:
            return
        head = words.LABEL_WORDINGS.format(times=group.asked.times)
        if group.asked.offered:
            head += words.LABEL_OFFERED.format(offered=group.asked.offered)
        wordings = group.asked.wordings
        rows = [f"{count:>4}  {text}" for text, count in wordings[:_WORDINGS]]
        if len(wordings) > _WORDINGS:
            rows.append(words.LABEL_MORE.format(count=len(wordings) - _WORDINGS))
        if group.asked.reasons:
            titles = {one.id: one.title for one in self.pack.outside_group.values()}
            rows.append(words.LABEL_REASONS.format(reasons=reasons_text(group.asked.reasons, titles)))
        if group.picked:
            picked = ", ".join(f"{intent} {count}" for intent, count in group.picked)
            rows.append(words.LABEL_PICKED.format(picked=picked))
        self.query_one("#wordings", Static).update(_block(head, rows))
        today = gist(self.assistant.ask(group.asked.text)[0])
        self.query_one("#today", Static).update(literal(words.LABEL_TODAY.format(gist=today)))
        self._show_targets(group)

    def _show_targets(self, group: Group) -> None:
        self.targets = [
            Target(
                "phrase", each.intent, words.TO_PHRASE.format(title=self.pack.intent[each.intent].title, id=each.intent)
            )
            for each in nearest(group, self.pack, self.matcher)
        ]
        ranked = [each.intent for each in self.matcher.rank(group.asked.text, _RANKED)]
        own = [one.id for one in self.pack.outside]  # those of the base stand in no file of the pack
        outside = [name for name in ranked if name in own][:_OUTSIDE] or own[:1]
        self.targets += [
            Target("outside", name, words.TO_OUTSIDE.format(title=self.pack.outside_group[name].title, id=name))
            for name in outside
        ]
        self.targets += [Target("draft", words.DRAFT_ID, words.TO_DRAFT), Target("aside", "", words.TO_ASIDE)]
        ready = self.proposals.get(group.asked.form)
        rows = self.query_one("#targets", OptionList)
        rows.clear_options()
        rows.add_options([Option(literal(target.label)) for target in self.targets])
        phrase, case = suggested_lines(group)
        self.query_one("#phrase", Input).value = ready.phrase if ready else phrase
        self.query_one("#case", Input).value = ready.case if ready else case
        rows.highlighted = 0
        self._say("")

    @on(OptionList.OptionHighlighted, "#targets")
    def _on_target(self) -> None:
        target = self.target
        if target is not None:
            self.query_one("#target", Input).value = target.id

    @property
    def target(self) -> Target | None:
        """Return what is lit of what can become of the group."""
        at = self.query_one("#targets", OptionList).highlighted
        return self.targets[at] if at is not None and at < len(self.targets) else None

    @on(OptionList.OptionSelected, "#groups")
    def _on_group_taken(self) -> None:
        self.query_one("#targets").focus()

    @on(OptionList.OptionSelected, "#targets")
    def _on_target_taken(self) -> None:
        target = self.target
        if target is not None and target.verdict == "aside":
            self.action_accept()
        elif target is not None:
            self.query_one("#target" if target.verdict == "draft" else "#phrase").focus()

    @on(Input.Submitted)
    def _on_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "case":
            self.action_accept()
        else:
            self.screen.focus_next()

    def action_accept(self) -> None:
        """Take the decision that stands at the right."""
        group, target = self.group, self.target
        if group is None or target is None or self.screen is not self.screen_stack[0]:
            return
        rows = self.query_one("#groups", OptionList)
        at = rows.highlighted or 0
        if target.verdict == "aside":
            decide(self.store, group, "aside", None, _now())
            self.proposals.pop(group.asked.form, None)
            self.groups.remove(group)
            self._show_rows(at)
            self.notify(words.SET_ASIDE, markup=False, timeout=3)
        else:
            name, phrase, case = (
                self.query_one(f"#{each}", Input).value.strip() for each in ("target", "phrase", "case")
            )
            proposal = Proposal(group, target.verdict, name, phrase, case)
            problem = problem_of(proposal, self.pack)
            if problem:
                self._say(problem)
                return
            self.proposals[group.asked.form] = proposal
            self._show_rows(at + 1)
            self.notify(words.READY, markup=False, timeout=3)
        rows.focus()

    def _say(self, text: str) -> None:
        self.query_one("#problem", Static).update(literal(text))

    def action_try(self) -> None:
        """Try everything that is ready, on a copy of the pack."""
        if not self.proposals:
            self._say(words.NOTHING_READY)
        elif not self.trying:
            self.trying = True
            self._try(list(self.proposals.values()))

    @work(thread=True)
    def _try(self, proposals: list[Proposal]) -> None:
        try:
            effect = try_out(self.pack_dir, proposals, as_of=_now().date(), told=self._told)
        except (DimchatError, OSError) as error:
            self.call_from_thread(self._tried, proposals, str(error))
        else:
            self.call_from_thread(self._tried, proposals, effect)

    def _told(self, step: str) -> None:
        self.call_from_thread(self._say, words.TRYING.format(step=words.STEPS[step]))

    def _tried(self, proposals: list[Proposal], effect: Effect | str) -> None:
        self.trying = False
        if isinstance(effect, str):
            self._say(effect)
            return
        self._say("")
        self.push_screen(EffectScreen(effect), lambda kept: self._decided(proposals, effect, kept=bool(kept)))

    def _decided(self, proposals: list[Proposal], effect: Effect, *, kept: bool) -> None:
        if not kept:
            self.notify(words.TAKEN_BACK, markup=False, timeout=4)
            return
        try:
            keep(self.pack_dir, effect.files)
        except DimchatError as error:
            self._say(str(error))
            return
        for proposal in proposals:
            decide(self.store, proposal.group, proposal.verdict, proposal.target, _now())
        self.proposals.clear()
        self._open_pack()
        self._list()
        self.notify(words.KEPT.format(count=len(effect.files)), markup=False, timeout=6)


def _block(head: str, rows: list[str]) -> Content:
    return Content("\n").join([literal(head).stylize("$quiet"), *map(literal, rows)])


def _now() -> datetime:
    return datetime.now().astimezone()
