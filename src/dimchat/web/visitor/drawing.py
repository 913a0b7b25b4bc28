"""The page of a visit as HTML: templates filled with what its steps hold."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import jinja2
from markupsafe import Markup

from dimchat import render
from dimchat.apps.base.offered import body_of, cited, has_more, shown_sections
from dimchat.render.html import to_html
from dimchat.web import messages
from dimchat.web.visitor.aloud import aloud
from dimchat.web.visitor.take_home import code_of, codes_of, plain_lines
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from dimchat.apps.base.offered import Choice
    from dimchat.apps.base.session import Session
    from dimchat.journal import Mode
    from dimchat.model import Citation, Reply
    from dimchat.web.visitor.take_home import Code
    from dimchat.web.visitor.talk import Step, Talk

TEMPLATES = Path(__file__).parents[1] / "templates"
LOWERED = 2
"""The title of the page and that of a step stand above an answer's headings."""
LEGIBLE = 42
"""Characters that a passing question has at most."""
PASSING = 12
"""Questions that pass by on the first screen of a stand."""


class Offer(NamedTuple):
    """Rows to pick from, under a heading."""

    heading: str
    choices: list[Choice]
    kind: str
    """`rows`, `tiles` or `values`."""


class Shown(NamedTuple):
    """One step as the template shows it."""

    step: Step
    heading: str
    about: str
    note: str
    sections: list[tuple[str, Markup]]
    sources: list[Citation]
    foot: str
    expired: bool
    more: str
    """What shows more or less of it; empty where all is shown anyway."""
    answer: bool
    offers: list[Offer]
    """Of the last step alone."""
    codes: Sequence[Code] = ()
    """To take along, where that was asked for."""
    aloud: Sequence[str] = ()
    """What is read aloud, line by line."""
    language: str = ""
    """Of the reply."""
    spoken: str = ""
    """Of what was said, and of what can be picked."""


@cache
def _template() -> jinja2.Template:
    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return pages.get_template("talk.html")


class Drawing:
    """Draws the pages of one pack in one of its languages."""

    def __init__(self, session: Session, mode: Mode, *, stand: bool, today: Callable[[], date]) -> None:
        """Take what all pages show.

        Args:
            session: A conversation in their language, of which nothing is kept.
            mode: Of the journal.
            stand: Whether the page is a stand's.
            today: Returns the day.
        """
        self._pack, self._words, self._own = session.pack, session.words, session.whole
        self._mode, self._stand, self._today = mode, stand, today
        others = (language for language in session.languages if language != session.pack.language)
        self._languages = [(language, catalogue_of(language)("page.language_name")) for language in others]

    def page(self, talk: Talk, *, root: str, visit: str, first: bool = False, part: bool = False) -> str:
        """Return the page of a visit.

        Args:
            talk: The visit.
            root: The way from the page to the server's first page.
            visit: The way from the page to the addresses of the visit.
            first: Whether nobody has begun yet: a stand then invites.
            part: Whether the step that was touched last is enough, for a page that has the others.
        """
        said = [] if self._stand else [step for step in talk.steps[:-1] if step.turn is not None]
        shown = [talk.touched] if part else [*said, talk.last]
        return _template().render(
            words=self._words,
            pack=self._pack,
            stand=self._stand,
            mode=self._mode,
            languages=self._languages,
            own=self._own.language,
            untold=self._untold,
            root=root,
            visit=visit,
            first=first,
            talk=talk,
            shown=[self.shown(talk, step) for step in shown],
            title=self._words("page.title", title=self._pack.title),
            endings=messages.endings(self._words, self._mode),
            passing=self._passing,
            keys=[list(row) for row in self._words.texts("stand.key.rows")],
            **self._inviting(),
        )

    def _untold(self, choice: Choice) -> bool:
        """Return whether what can be picked is written in the pack's own language alone."""
        if choice.what == "open":
            return any(one.title == choice.label for one in self._own.categories)
        intent = self._own.intent.get(choice.target)
        return intent is not None and intent.title == choice.label

    @cached_property
    def _passing(self) -> list[str]:
        """Return questions from everywhere in the pack that can be read in passing."""
        short = [intent.title for intent in self._pack.browsable if len(intent.title) <= LEGIBLE]
        return short[:: max(len(short) // PASSING, 1)]

    def _inviting(self) -> dict[str, Any]:
        """Return the words that greet: the pack's own, or else made of its title and topics."""
        pack, words = self._pack, self._words
        topics = ", ".join(category.title for category in pack.categories[:4])
        asks = "stand.attract.asks_sentence" if pack.title.endswith((".", "!", "?", "…")) else "stand.attract.asks"
        given = (words(asks, title=pack.title), words("stand.attract.about", topics=topics))
        attract = (*pack.words.attract, *given[len(pack.words.attract) :])[:2]
        return {"welcome": pack.words.welcome or words("chat.welcome", title=pack.title), "attract": attract}

    def shown(self, talk: Talk, step: Step) -> Shown:
        """Return a step as the template shows it."""
        words, offers = self._words, self._offers(step) if step is talk.last else []
        if step.turn is None:
            known = talk.staff is not None and talk.staff.known
            own = {"topics": "stand.tiles_head", "staff": "stand.staff.head" if known else "stand.pin.head"}
            heading = step.category.title if step.category else words(own[step.kind])
            about = step.category.about if step.category else ""
            return Shown(step, heading, about, "", [], [], "", expired=False, more="", answer=False, offers=offers)
        reply, said = step.turn.reply, step.turn.said
        sections = [
            ("" if title.casefold() == said.strip().casefold() else title, self._html(text, step.number))
            for title, text in shown_sections(reply, whole=step.whole)
        ]
        foot, expired = self._foot(reply)
        more = ("chat.link_less" if step.whole else "chat.link_more") if has_more(reply) else ""
        return Shown(
            step,
            said,
            "",
            render.read_as(reply, words),
            sections,
            cited(reply, whole=step.whole),
            foot,
            expired=expired,
            more=words(more) if more else "",
            answer=reply.kind == "answer",
            offers=offers,
            codes=self._codes(step, reply, said),
            aloud=self._aloud(step, reply, offers),
            language=reply.language or self._words.language,
            spoken=reply.spoken or self._words.language,
        )

    def _aloud(self, step: Step, reply: Reply, offers: list[Offer]) -> list[str]:
        """Return what is read aloud of a step: the reply, and what can be picked."""
        lines = plain_lines(body_of(reply, whole=step.whole), cite=False)
        for offer in offers:
            lines += [offer.heading, *(one.label for one in offer.choices)]
        return aloud(lines, reply.language or self._words.language)

    def _codes(self, step: Step, reply: Reply, said: str) -> list[Code]:
        """Return what a telephone takes along: the answer, or the address of one source."""
        if step.taken:
            return codes_of(reply, self._title(reply, said), self._words, whole=step.whole)
        return [code_of(one, self._words) for one in reply.citations if one.number == step.source]

    def _title(self, reply: Reply, said: str) -> str:
        """Return what an answer answers: its title, or else what was said."""
        return next((title for title in (reply.under, *reply.titles) if title), said)

    def count(self, talk: Talk) -> int:
        """Return how many words the last step has to read, about."""
        shown = self.shown(talk, talk.last)
        texts = [
            shown.heading,
            *(html.striptags() for _, html in shown.sections),
            *(each.title for each in shown.sources),
        ]
        texts += [f"{one.label} {one.about}" for offer in shown.offers for one in offer.choices]
        return sum(len(text.split()) for text in texts)

    def _html(self, text: str, number: int) -> Markup:
        label = self._words("page.source")

        def cite(source: int) -> str:
            mark = Markup('<span class="unseen">{} </span>[{}]').format(label, source)
            if self._stand:  # a finger would miss it, and the sources stand below
                return str(Markup('<span class="cite">{}</span>').format(mark))
            return str(Markup('<a class="cite" href="#source-{}-{}">{}</a>').format(number, source, mark))

        return Markup(to_html(text, lowered=LOWERED, cite=cite, links="read" if self._stand else "apart"))  # noqa: S704 - made of escaped text

    def _foot(self, reply: Reply) -> tuple[str, bool]:
        if reply.review_by is not None and reply.expired(self._today()):
            return self._words("chat.expired", date=reply.review_by), True
        return (self._words("chat.reviewed", date=reply.reviewed), False) if reply.reviewed is not None else ("", False)

    def _offers(self, step: Step) -> list[Offer]:
        words, reply = self._words, step.turn.reply if step.turn else None
        if reply is None:
            kind = "tiles" if step.kind == "topics" and self._stand else "rows"
            offers = [Offer("", step.choices, kind)] if step.choices else []
            return [*offers, Offer(words("stand.readers_head"), step.readers, "rows")] if step.readers else offers
        which = words("stand.which" if self._stand else "page.which")
        heading = which if reply.options else words("reply.unsure" if reply.unsure else "stand.also")
        topics = [one for one in step.choices if one.what == "open"]
        rows = [one for one in step.choices if one.what != "open"]
        offers = [
            Offer(which, step.values, "values"),
            Offer(heading, rows, "rows"),
            Offer(words("stand.browse"), topics, "rows"),
        ]
        return [offer for offer in offers if offer.choices]
