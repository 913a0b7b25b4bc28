"""What a visit of the page shows, step by step, and as HTML."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat import render
from dimchat.index import open_assistant
from dimchat.journal import Switch
from dimchat.render.plain import plain_markdown
from dimchat.web.visitor.page_visit import ROOT, Chosen, PageFace
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from dimchat.web.visitor.talk import Talk


@pytest.fixture(scope="module")
def faces() -> dict[str, PageFace]:
    idle = {"page": None, "stand": 60.0}
    return {name: PageFace(open_assistant(), Chosen(Switch(), seconds)) for name, seconds in idle.items()}


@pytest.fixture
def face(faces: dict[str, PageFace]) -> PageFace:
    return faces["page"]


def words_of(html: str) -> list[str]:
    return unescape(re.sub(r"<[^>]*>", " ", html)).split()


def drawn(face: PageFace, talk: Talk, **options: Any) -> str:
    return face.drawing(talk).page(talk, root=ROOT, visit="", **options)


def labels(talk: Talk) -> list[str]:
    return [choice.label for choice in talk.last.choices]


@pytest.mark.parametrize(
    "text", ["what degree do I need", "how much does a manager earn", "what is the CRA", "¿cuánto gana un gerente?"]
)
def test_an_answer_is_drawn_with_all_its_words_and_sources(face: PageFace, text: str) -> None:
    talk = face.talk()
    talk.act("ask", {"text": text})
    talk.act("more", {"step": str(talk.last.number)})
    page, reply = drawn(face, talk), talk.last.turn.reply if talk.last.turn else None
    assert reply is not None
    said = re.search(r'<div class="reply answer"[^>]*>(.*?)</div>\s*<div class="sources"', page, re.DOTALL)
    assert said is not None
    shown = "".join(words_of(said[1].replace('<span class="unseen">source </span>', "")))
    for section in render.sections(reply):
        for block in plain_markdown(section.text).split("\n"):
            assert "".join(re.sub(r"^\s*(?:-|\d+\.)\s|\(https?://\S+\)", "", block).split()) in shown
    assert all(citation.url is None or f'href="{citation.url}"' in page for citation in reply.citations)


def test_a_number_a_row_and_a_title_pick_the_same(face: PageFace) -> None:
    picked = []
    for act, values in (("ask", {"text": "1"}), ("pick", {"step": "2", "key": "1"})):
        talk = face.talk()
        talk.act("ask", {"text": "what degree do I need"})
        talk.act(act, values)
        picked.append(talk.last.turn.reply.intents if talk.last.turn else None)
    assert picked[0] == picked[1] is not None


def test_a_number_is_taken_as_people_write_it_and_one_too_high_is_named(face: PageFace) -> None:
    talk = face.talk()
    talk.act("ask", {"text": "99"})
    assert len(talk.steps) == 1
    assert "99" in talk.last.note
    assert talk.last.note in unescape(drawn(face, talk))
    talk.act("ask", {"text": "2."})
    assert talk.last.kind == "questions"


def test_topics_lead_to_questions_and_back(face: PageFace) -> None:
    talk = face.talk()
    topics = labels(talk)
    talk.act("pick", {"step": "1", "key": "2"})
    assert talk.last.category is not None
    assert talk.last.category.title == topics[1]
    assert labels(talk)[-1] == face.words("chat.all_topics")
    talk.act("pick", {"step": str(talk.last.number), "key": "t"})
    assert labels(talk) == topics


def test_a_follow_up_leans_on_what_was_said(face: PageFace) -> None:
    talk = face.talk()
    talk.act("ask", {"text": "what is the CRA"})
    talk.act("ask", {"text": "how often do I renew it"})
    assert talk.last.turn is not None
    assert talk.last.turn.reply.intents == ("cra.renewal",)


def test_choices_of_a_clarify_end_with_none_of_these(face: PageFace) -> None:
    talk = face.talk()
    talk.act("ask", {"text": "renewal"})
    assert talk.last.turn is not None
    assert talk.last.turn.reply.kind == "clarify"
    assert talk.last.choices[-1].key == "0"
    talk.act("pick", {"step": str(talk.last.number), "key": "0"})
    assert talk.last.turn.reply.kind != "clarify"


def test_why_comes_and_goes(face: PageFace) -> None:
    talk = face.talk()
    talk.act("ask", {"text": "what degree do I need"})
    step = {"step": str(talk.last.number)}
    talk.act("why", step)
    assert talk.last.why in unescape(drawn(face, talk))
    talk.act("why", step)
    assert talk.last.why == ""


def test_only_the_last_step_offers(face: PageFace) -> None:
    talk = face.talk()
    for text in ("what degree do I need", "what is the CRA"):
        talk.act("ask", {"text": text})
    page = drawn(face, talk)
    assert page.count('class="step said"') == 2
    assert page.count('class="offer') == 1


def test_a_stand_shows_one_step_and_goes_back(faces: dict[str, PageFace]) -> None:
    face = faces["stand"]
    talk = face.talk()
    assert 'id="back"' not in drawn(face, talk)
    talk.act("ask", {"text": "what degree do I need"})
    page = drawn(face, talk)
    assert page.count('class="step') == 1
    assert 'id="back"' in page
    assert '<a href="http' not in page, "a stand opens nothing"
    talk.act("back", {})
    assert talk.last.kind == "topics"


@pytest.mark.parametrize("name", ["page", "stand"])
def test_another_language_is_chosen_on_the_first_screen(faces: dict[str, PageFace], name: str) -> None:
    face = faces[name]
    assert '<button name="language" value="es" lang="es">Español</button>' in face.first("x")
    talk = face.talk()
    talk.act("language", {"language": "es"})
    page = drawn(face, talk)
    assert '<html lang="es"' in page
    assert 'lang="en">English</button>' in page or name == "stand"
    assert 'id="back"' not in page
    assert catalogue_of("es")("stand.tiles_head") in page
    talk.act("ask", {"text": "1" if name == "page" else "cuánto gana un gerente"})
    talk.act("language", {"language": "xx"})
    assert '<html lang="es"' in drawn(face, talk)
    talk.act("language", {"language": "en"})
    assert '<html lang="en"' in drawn(face, talk)


def test_an_answer_in_another_language_says_so(face: PageFace) -> None:
    talk = face.talk()
    talk.act("ask", {"text": "¿cuánto gana un gerente de imágenes?"})
    page = drawn(face, talk)
    assert '<html lang="en"' in page
    assert '<div class="reply answer" lang="es">' in page
    assert "ciento veintitr" in page, "its amounts are read aloud in its language"


def test_an_answer_past_its_review_says_so() -> None:
    face = PageFace(open_assistant(), Chosen(Switch()))
    face.today = lambda: date(2199, 1, 1)
    talk = face.talk()
    talk.act("ask", {"text": "what degree do I need"})
    assert 'class="expired"' in drawn(face, talk)


ACTS = st.sampled_from(
    ["ask", "pick", "near", "more", "why", "rate", "size", "topics", "back", "for", "open", "_add", ""]
)
FIELDS = st.dictionaries(
    st.sampled_from(["text", "step", "key", "intent", "meant"]),
    st.sampled_from(["1", "2", "3", "0", "99", "t", "r1", "v1", "manager.pay", "yes"]) | st.text(max_size=30),
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ACTS, FIELDS), max_size=5))
def test_no_form_breaks_a_visit_and_nothing_said_becomes_markup(
    faces: dict[str, PageFace], acts: list[tuple[str, dict[str, str]]]
) -> None:
    face = faces["page"]
    talk = face.talk()
    for name, values in acts:
        talk.act(name, values)
    page = drawn(face, talk)
    assert page.count("<script") == 1
    assert talk.steps


def test_what_is_said_is_text(face: PageFace) -> None:
    talk = face.talk()
    talk.act("ask", {"text": '<script>alert(1)</script> "x" what degree'})
    page = drawn(face, talk)
    assert page.count("<script") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("name", ["page", "stand"])
def test_what_axe_core_misses_is_there(faces: dict[str, PageFace], name: str) -> None:
    face = faces[name]
    page = face.first("x")
    assert page.count("aria-live") == 1
    fields = re.findall(r'<input id="([^"]+)"', page)
    assert fields
    assert all(f'<label for="{field}">' in page for field in fields)
    assert "placeholder" not in page
    dialogs = re.findall(r'<[^>]*role="alertdialog"[^>]*>', page)
    named = [re.search(r'aria-labelledby="([^"]+)"', dialog) for dialog in dialogs]
    assert all(label is not None and f'id="{label[1]}"' in page for label in named)
    assert "<dialog" not in page
    assert page.count("<main") == (2 if name == "stand" else 1)


def test_a_visitor_s_process_draws_without_textual() -> None:
    code = "import sys, dimchat.web.visitor.page_visit; print('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


REHEARSED = """
import resource
from dimchat.index import open_assistant
from dimchat.journal import Switch
from dimchat.web.visitor.page_visit import Chosen, PageFace

before = resource.getrlimit(resource.RLIMIT_CPU)
PageFace(open_assistant(), Chosen(Switch())).rehearse()
print(resource.getrlimit(resource.RLIMIT_CPU) == before)
"""


def test_the_process_that_visits_come_from_is_limited_by_no_visit() -> None:
    told = subprocess.run([sys.executable, "-c", REHEARSED], capture_output=True, text=True, check=True)
    assert told.stdout == "True\n"
