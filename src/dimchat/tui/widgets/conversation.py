"""The conversation: everything that was said, the last turn with its choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from dimchat.tui.widgets.answer import Answer, Note
from dimchat.tui.widgets.choice_list import ChoiceList
from dimchat.tui.widgets.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from dimchat.tui.choices import Choice
    from dimchat.tui.flow import Line


class Conversation(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls; only the last turn offers choices."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.choices: ChoiceList | None = None
        """What can be picked now."""
        self.last_answer: Answer | None = None
        """What was answered last."""

    async def add(
        self,
        question: str | None,
        said: Note,
        choices: Sequence[Choice] = (),
        closing: Iterable[Line] = (),
        *,
        inside: bool,
    ) -> None:
        """Add a turn, take the choices of the one before away, and bring the new turn into view."""
        parts: list[Widget] = [] if question is None else [Question(question)]
        parts.append(said)
        before, self.choices = self.choices, ChoiceList(choices, inside=inside) if choices else None
        if self.choices is not None:
            parts.append(self.choices)
        if isinstance(said, Answer):
            self.last_answer = said
        closing = list(closing)
        if closing:
            parts.append(Note(closing, classes="-closing"))
        with self.app.batch_update():
            if before is not None:
                await before.remove()
            await self.mount_all(parts)
        self.call_after_refresh(self._bring, parts, said)

    async def clear(self) -> None:
        """Take everything away."""
        self.choices = self.last_answer = None
        await self.remove_children()

    def _bring(self, parts: list[Widget], said: Note) -> None:
        """Show the end of the turn, or its beginning where it is taller than the window.

        A question that would fill the window by itself is left above it: the reply is news, the question is not.
        """
        if not all(part.is_attached for part in parts):
            return
        window = self.scrollable_content_region.height
        first = parts[0] if parts[0].outer_size.height <= window // 3 else said
        top = first.virtual_region.y - 1
        if parts[-1].virtual_region.bottom - top > window:
            self.scroll_to(y=top, animate=False)
        else:
            self.scroll_end(animate=False)
