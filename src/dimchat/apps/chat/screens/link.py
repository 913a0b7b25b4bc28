"""Shows an address before anything is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from dimchat.apps.chat.flow import BLANK, Flow, Line, link
from dimchat.apps.chat.keys import key_name
from dimchat.apps.chat.text import literal
from dimchat.wording import chat as words

if TYPE_CHECKING:
    from textual.app import ComposeResult

Wish = Literal["copy", "open"]


class LinkScreen(ModalScreen[Wish | None], inherit_bindings=False):
    """Ends with what to do with the address."""

    CSS_PATH = "link.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,ctrl+c", "wish('copy')", words.KEY_COPY, id="link.copy", tooltip=words.TIP_LINK_COPY),
        Binding("o,enter", "wish('open')", words.KEY_OPEN, id="link.open", tooltip=words.TIP_LINK_OPEN),
        Binding("escape,q", "close", words.KEY_CLOSE, id="link.close", tooltip=words.TIP_LINK_CLOSE),
    ]

    def __init__(self, address: str, *, can_open: bool) -> None:
        """Take the address, and whether there is a browser for it."""
        super().__init__()
        self.address = address
        self._can_open = can_open

    def compose(self) -> ComposeResult:
        """Show the whole address, and the keys."""
        doing = [("link.copy", words.KEY_COPY, "screen.wish('copy')")]
        if self._can_open:
            doing.append(("link.open", words.KEY_OPEN, "screen.wish('open')"))
        doing.append(("link.close", words.KEY_CLOSE, "screen.close"))
        keys = [Content(key_name(self, name) + " ").stylize("$quiet") + link(label, act) for name, label, act in doing]
        with Vertical(id="link"):
            yield Flow(
                [
                    Line(Content(words.LINK_TITLE).stylize("bold")),
                    BLANK,
                    Line(literal(self.address).stylize("$accent")),
                    BLANK,
                    *([] if self._can_open else [Line(Content(words.LINK_NO_BROWSER).stylize("$quiet")), BLANK]),
                    Line(Content("     ").join(keys)),
                ]
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open it only where there is a browser."""
        return self._can_open or (action, parameters) != ("wish", ("open",))

    def action_wish(self, wish: Wish) -> None:
        """End with what is wanted."""
        self.dismiss(wish)

    def action_close(self) -> None:
        """End with nothing."""
        self.dismiss(None)
