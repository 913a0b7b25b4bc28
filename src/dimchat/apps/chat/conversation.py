"""The conversation: everything that was said, the last turn with its choices.

Only the turns near the window are widgets. The others are kept as values, with gaps of their height in
their place, so that a long conversation is as quick as a short one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.geometry import Offset
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.geometry import Size

    from dimchat.apps.base.offered import Choice
    from dimchat.apps.chat.turn import Answer, Block, Entry


NEAR = 1
"""How many windows of rows above and below the window always stand ready."""
FILL = 2
"""How many are made ready when fewer than that are."""
FAR = 4
"""How many may stand ready before the farthest are taken away."""


class Gap(Widget, inherit_bindings=False):
    """Stands for the turns that have no widgets."""

    ALLOW_SELECT = False

    def stand_for(self, entries: Sequence[Entry]) -> None:
        """Be as tall as these."""
        rows = sum(entry.height for entry in entries)
        self.styles.height = rows
        self.display = rows > 0

    def render(self) -> str:
        """Show nothing."""
        return ""


class Conversation(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls; only the last turn offers choices."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.entries: list[Entry] = []
        self._blocks: list[Block] = []
        self._first = 0
        self._above = Gap()
        self._below = Gap()
        self._above.display = self._below.display = False
        self._following = False
        self._at_end = True
        self._window: Size | None = None
        self._held: int | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return what can be picked now."""
        return self.entries[-1].choices if self.entries else ()

    @property
    def mounted(self) -> range:
        """Return which entries have widgets."""
        return range(self._first, self._first + len(self._blocks))

    @property
    def scroll_offset(self) -> Offset:
        """Return how far it is scrolled; Textual's anchor would hang fewer rows than the window at its lower end."""
        x, y = super().scroll_offset
        return Offset(x, max(y, 0))

    def by_key(self, key: str) -> Choice | None:
        """Return the choice that a typed number or letter means."""
        from dimchat.apps.base.offered import by_key  # noqa: PLC0415 - not before the first paint

        return by_key(self.choices, key)

    async def add(self, entry: Entry) -> None:
        """Add a turn, take the choices of the one before away, and bring the new turn into view."""
        from dimchat.apps.chat.turn import Block  # noqa: PLC0415 - not before the first paint

        with self.app.batch_update():
            if not self.children:
                await self.mount(self._above, self._below)
            await self._to_last()
            if self._blocks:
                await self._withdraw(self._blocks[-1])
            elif self.entries:
                self.entries[-1].choices = ()
            block = Block(entry)
            self.entries.append(entry)
            self._blocks.append(block)
            await self.mount(block, before=self._below)
            self.anchor()  # the frame that first shows the turn is at its end already
        self.call_after_refresh(self._bring, block)

    async def add_all(self, entries: Sequence[Entry]) -> None:
        """Add the turns of an earlier conversation, of which only the last offers choices."""
        with self.app.batch_update():
            for entry in entries:
                await self.add(entry)

    async def clear(self) -> None:
        """Take everything away."""
        self.entries.clear()
        with self.app.batch_update():
            await self._show(range(0))

    async def go(self, where: str) -> None:
        """Scroll to the beginning ("home") or to the end ("end"), whatever stands between."""
        with self.app.batch_update():
            if where == "home":
                await self._show(self._around(0, self._rows() * FILL))
            else:
                await self._to_last()
        scroll = self.scroll_home if where == "home" else self.scroll_end
        self.call_after_refresh(scroll, animate=False)

    async def ready_last(self) -> None:
        """Give widgets to the last turn, so that its choices can be lit."""
        with self.app.batch_update():
            await self._to_last()

    async def last_answer(self) -> Answer | None:
        """Return the answer that was given last, in view; where it had no widgets, it has them again."""
        return await self.answer_beside(None, -1)

    async def answer_beside(self, now: Widget | None, step: int) -> Answer | None:
        """Return an answer, in view: the one before another, or the one after; None where there is none.

        Args:
            now: The other answer; anything else stands behind the last one.
            step: -1 for the one before, 1 for the one after.
        """
        answered = [index for index, entry in enumerate(self.entries) if not isinstance(entry.said, tuple)]
        pairs = zip(self.mounted, self._blocks, strict=True)
        at = next((index for index, block in pairs if now is not None and block.answer is now), None)
        place = (len(answered) if at is None else answered.index(at)) + step
        if not 0 <= place < len(answered):
            return None
        index, rows = answered[place], self._rows()
        top = sum(self._heights()[:index])
        if index not in self.mounted:
            with self.app.batch_update():
                await self._show(self._around(top - FILL * rows, top + FILL * rows))
        above = 1 if now is not None else self.entries[index].height  # one that is lit is to be read from its start
        if not self.scroll_offset.y - above < top < self.scroll_offset.y + rows:
            self.call_after_refresh(self.scroll_to, y=top, animate=False)
        return self._blocks[index - self._first].answer

    def hold(self) -> None:
        """Stay where it is though an answer is about to change its height, also when the window changes its own."""
        self._held = self.scroll_offset.y + self._rows() if self._at_end else None
        self._at_end = False

    def on_answer_unfolded(self) -> None:
        """Stay where it is."""
        self.hold()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep turns ready on both sides of the window."""
        super().watch_scroll_y(old_value, new_value)
        self._at_end = new_value >= self.max_scroll_y
        self._follow_soon()

    def _on_resize(self, event: events.Resize) -> None:
        if event.size != self._window:  # it hears of every change of what it holds as well
            self.call_after_refresh(self._settle)
        self._window = event.size
        self._follow_soon()

    def _settle(self) -> None:
        """Keep the end at the lower edge of a window that changed its size, or the row that was there."""
        if self._held is not None:
            y, self._held = max(self._held - self._rows(), 0), None
            self.scroll_to(y=y, animate=False)
        elif self._at_end:
            self.scroll_end(animate=False, force=True)

    def _follow_soon(self) -> None:
        if not self._following and self.is_attached:
            self._following = True
            self.call_after_refresh(self._follow)

    async def _follow(self) -> None:
        """Give widgets to turns that come near the window, and take them from turns that are far."""
        self._following = False
        if not self.is_attached or not self.entries:
            return
        rows = self._rows()
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + rows
        near = self._around(top - NEAR * rows, bottom + NEAR * rows)
        far = self._around(top - FAR * rows, bottom + FAR * rows)
        now = self.mounted
        if near.start < now.start or near.stop > now.stop or now.start < far.start or now.stop > far.stop:
            wanted = self._around(top - FILL * rows, bottom + FILL * rows)
            start = min(now.start, wanted.start) if now.start >= far.start else wanted.start
            stop = max(now.stop, wanted.stop) if now.stop <= far.stop else wanted.stop
            if wanted.start > now.stop or wanted.stop < now.start:
                start, stop = wanted.start, wanted.stop
            with self.app.batch_update():
                await self._show(range(start, stop))

    def _rows(self) -> int:
        return max(self.scrollable_content_region.height, 1)

    def _heights(self) -> list[int]:
        for block in self._blocks:
            block.note()
        return [entry.height for entry in self.entries]

    def _around(self, top: int, bottom: int) -> range:
        """Return the entries that have rows between two."""
        y, start, stop = 0, len(self.entries), 0
        for index, height in enumerate(self._heights()):
            if y < bottom and y + height > top:
                start, stop = min(start, index), index + 1
            y += height
        return range(start, stop) if start < stop else range(max(len(self.entries) - 1, 0), len(self.entries))

    async def _to_last(self) -> None:
        """Give widgets to the turns before the end, if the last has none."""
        if self.mounted.stop < len(self.entries):
            end = sum(self._heights())
            await self._show(self._around(end - FILL * self._rows(), end))

    async def _show(self, wanted: range) -> None:
        """Give widgets to these entries and to no others."""
        from dimchat.apps.chat.turn import Block  # noqa: PLC0415 - not before the first paint

        now = self.mounted
        for block in self._blocks:
            block.note()
        kept = [block for index, block in zip(now, self._blocks, strict=True) if index in wanted]
        gone = [block for index, block in zip(now, self._blocks, strict=True) if index not in wanted]
        before = [Block(self.entries[index]) for index in wanted if index < now.start or not kept]
        after = [Block(self.entries[index]) for index in wanted if kept and index >= now.stop]
        self._first, self._blocks = wanted.start, [*before, *kept, *after]
        self._above.stand_for(self.entries[: wanted.start])
        self._below.stand_for(self.entries[wanted.stop :])
        if before:
            await self.mount_all(before, after=self._above)
        if after:
            await self.mount_all(after, before=self._below)
        if gone:
            await self.remove_children(gone)

    async def _withdraw(self, block: Block) -> None:
        """Take the choices of a turn away."""
        block.entry.choices = ()
        if block.choices is not None:
            choices, block.choices = block.choices, None
            await choices.remove()
        if block.answer is not None:
            block.answer.pass_by()

    def _bring(self, block: Block) -> None:
        """Show the end of the turn, or its beginning where it is taller than the window.

        A question that would fill the window by itself is left above it: the reply is news, the question is not. Of
        a reply that only offers something, the end is shown if all its choices have room: one is to be picked.
        """
        if not block.is_attached:
            return
        if not all(child.outer_size.height for child in block.children):
            self.call_after_refresh(self._bring, block)  # its rows are not set yet
            return
        self.anchor(anchor=False)
        window = self.scrollable_content_region.height
        question = block.question
        tall = question is not None and question.outer_size.height > window // 3
        top = (block.said if tall else block).virtual_region.y
        if tall:
            top += block.virtual_region.y - 1
        choices = block.choices if block.answer is not None and block.entry.inside else None
        picks = choices is not None and choices.outer_size.height < window
        if block.virtual_region.bottom - top > window and not picks:
            self.scroll_to(y=top, animate=False)
        else:
            self.scroll_end(animate=False, force=True)  # else a negative position would stay
        self._follow_soon()
