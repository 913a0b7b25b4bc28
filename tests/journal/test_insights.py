from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from dimchat.journal.learn.insights import Counts, insights
from dimchat.journal.learn.insights_report import document, to_csv
from dimchat.journal.learn.review import decide, open_groups
from dimchat.journal.learn.scope import Scope
from dimchat.journal.learn.unanswered import NOT_RECORDED
from dimchat.journal.rows import LOST, SAFETY, Tally, new_key
from dimchat.journal.similarity import Asked, form, grouped
from dimchat.quality.report.ci import to_markdown
from dimchat.quality.report.html_page import to_html
from dimchat.wording.en.reply import MESSAGES
from dimchat.wording.insights import REASONS

from .conftest import NOW, make_entry, make_feedback

if TYPE_CHECKING:
    import pytest

    from dimchat.journal.store import Store

TODAY = NOW.date()
OUTSIDE = "reply.outside"


def test_an_empty_journal_has_nothing_to_say(store: Store) -> None:
    found = insights(store, Scope(), {})
    assert (found.since, found.counts, found.unanswered) == (None, Counts(), ())
    assert open_groups(store, Scope()).groups == ()


def test_what_became_of_questions_by_day_and_hour(store: Store) -> None:
    yesterday = TODAY - timedelta(days=1)
    store.write(
        [
            make_entry(day=yesterday, hour=9),
            make_entry(hour=9),
            make_entry(kind="clarify", hour=10),
            make_entry(kind="decline", hour=10, face="kiosk"),
            make_entry(kind="smalltalk"),
            make_entry(typed=False),
        ]
    )
    found = insights(store, Scope(), {})
    assert found.days == ((yesterday, Counts(1, 0, 0)), (TODAY, Counts(1, 1, 1)))
    assert (found.hours[9], found.hours[10], found.hours[11]) == (Counts(2, 0, 0), Counts(0, 1, 1), Counts())
    assert found.faces == (("chat", 3), ("kiosk", 1))
    assert (found.smalltalk, found.picked) == (1, 1)
    assert found.counts == Counts(2, 1, 1)


def test_only_what_came_since_a_day_counts(store: Store) -> None:
    old = make_entry("old", kind="decline", day=TODAY - timedelta(days=8))
    store.write(
        [old, make_feedback(old, "no"), Tally(new_key(NOW), old.day, LOST, 4), make_entry("new", kind="decline")]
    )
    found = insights(store, Scope(TODAY - timedelta(days=6)), {})
    assert (found.counts.total, found.lost, found.no) == (1, 0, 0)
    assert [asked.text for asked in found.unanswered] == ["new"]


def test_intents_are_counted_each_also_where_two_were_answered_at_once(store: Store) -> None:
    store.write(
        [make_entry(intents=("a.b", "c.d")), make_entry(intents=("a.b",)), make_entry(intents=("a.b",), typed=False)]
    )
    found = insights(store, Scope(), {"a.b": "A title"})
    assert [tuple(row) for row in found.intents] == [("a.b", 2, 1), ("c.d", 1, 0)]
    assert (found.title("a.b"), found.title("c.d")) == ("A title", "c.d")


def test_every_text_that_was_declined_is_there_with_the_reason_given(store: Store) -> None:
    store.write(
        [
            *(make_entry("nurses pay", kind="decline", intents=("outside.jobs",), reason=OUTSIDE) for _ in range(2)),
            make_entry("nurses pay", kind="decline", reason="reply.unknown"),
            make_entry("what is a pacs", kind="decline"),
            make_entry("renewal", kind="clarify", intents=("a.b", "c.d")),
            make_entry(None, kind="decline", reason="reply.unknown"),
        ]
    )
    found = insights(store, Scope(), {})
    assert [(row.text, row.reason, row.times) for row in found.declined] == [
        ("nurses pay", "outside.jobs", 2),
        ("nurses pay", "reply.unknown", 1),
        ("what is a pacs", NOT_RECORDED, 1),
    ]
    assert found.reasons == (("outside.jobs", 2), ("reply.unknown", 2), (NOT_RECORDED, 1))
    assert [(asked.text, asked.reasons) for asked in found.unanswered] == [
        ("nurses pay", (("outside.jobs", 2), ("reply.unknown", 1))),
        ("what is a pacs", ((NOT_RECORDED, 1),)),
        ("renewal", ()),
    ]


def test_every_form_of_the_report_has_the_declined_texts_and_why(store: Store) -> None:
    rows = [make_entry(f"nurses pay {word}", kind="decline", intents=("outside.jobs",)) for word in ("a", "b")]
    store.write([*rows, make_entry("xyzzy", kind="decline", reason="reply.unknown")])
    found = insights(store, Scope(), {"outside.jobs": "other jobs"}, top=1)
    report = document(found)
    assert [row["text"] for row in report.data["declined"]] == ["nurses pay a", "nurses pay b", "xyzzy"]
    for text in (to_csv(found), to_markdown(report), to_html(report)):
        for text_or_reason in ("nurses pay a", "nurses pay b", "xyzzy", "outside: other jobs", "nothing near"):
            assert text_or_reason in text


def test_what_a_page_cannot_hold_is_counted_on_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dimchat.journal.learn.insights_report.MOST_TEXTS", 1)
    store.write([make_entry(word, kind="decline") for word in ("alpha", "beta", "gamma")])
    found = insights(store, Scope(), {})
    page = to_html(document(found))
    assert ("alpha" in page, "2 more: --json and --csv have all of them" in page) == (True, True)
    assert len(document(found).data["declined"]) == 3


def test_a_reason_is_one_that_a_reply_can_give() -> None:
    assert REASONS.keys() - {NOT_RECORDED} <= MESSAGES.keys()


def test_the_closest_calls_come_first_and_what_was_not_ranked_is_none(store: Store) -> None:
    store.write(
        [
            make_entry("clear", margin=0.8),
            make_entry("close", margin=0.05),
            make_entry("named", margin=None),
            make_entry("declined", kind="decline", margin=0.01),
        ]
    )
    assert [row.text for row in insights(store, Scope(), {}).closest] == ["close", "clear"]


def test_answers_that_missed_the_point(store: Store) -> None:
    one, other = make_entry(intents=("a.b",)), make_entry(intents=("a.b",))
    fine = make_entry(intents=("c.d",))
    store.write([one, other, fine, make_feedback(one, "again"), make_feedback(other, "no"), make_feedback(fine, "yes")])
    found = insights(store, Scope(), {})
    assert [tuple(row) for row in found.again] == [("a.b", 2, 1, 1, 0)]
    assert (found.yes, found.no) == (1, 1)


def test_what_is_only_counted_is_shown(store: Store) -> None:
    store.write([Tally(new_key(NOW), TODAY, SAFETY, 1), Tally(new_key(NOW), TODAY, SAFETY, 1)])
    store.write([Tally(new_key(NOW), TODAY, LOST, 7)])
    found = insights(store, Scope(), {})
    assert (found.safety, found.lost) == (2, 7)


def test_questions_that_ask_the_same_are_one_group_with_its_commonest_wording() -> None:
    found = grouped(
        [
            Asked("can i manage remotely", 3),
            Asked("Can I manage remotly?", 1),
            Asked("remotely can a person manage", 2, offered=2),
            Asked("is there a night shift", 4),
        ]
    )
    assert [(group.text, group.times, group.offered) for group in found.groups] == [
        ("can i manage remotely", 6, 2),
        ("is there a night shift", 4, 0),
    ]
    assert found.groups[0].wordings[0] == ("can i manage remotely", 3)
    assert found.left_out == 0


def test_a_question_that_lies_within_a_longer_one_is_another() -> None:
    found = grouped([Asked("pacs", 1), Asked("pacs administrator salary in Texas", 1)])
    assert len(found.groups) == 2


def test_rare_questions_are_left_out_of_the_comparison_and_counted() -> None:
    found = grouped([Asked("alpha", 5), Asked("beta", 2), Asked("gamma", 1)], forms=1)
    assert ([group.text for group in found.groups], found.left_out) == (["alpha"], 3)


@given(st.lists(st.tuples(st.text(), st.integers(1, 9))))
def test_grouping_loses_no_question(questions: list[tuple[str, int]]) -> None:
    found = grouped([Asked(text, count) for text, count in questions])
    assert sum(group.times for group in found.groups) == sum(count for _, count in questions)
    assert [group.times for group in found.groups] == sorted((group.times for group in found.groups), reverse=True)


@given(st.text())
def test_a_form_has_no_order(text: str) -> None:
    assert form(" ".join(reversed(form(text).split()))) == form(form(text))


def test_groups_to_review_are_the_unanswered_and_the_offered_with_what_was_picked(store: Store) -> None:
    offered = make_entry("renew it", kind="clarify", intents=("a.b", "c.d"))
    store.write(
        [
            make_entry("what is a pacs", kind="decline"),
            make_entry("a pacs is what", kind="decline"),
            make_entry("nurses", kind="decline", intents=("outside.other_jobs",), reason=OUTSIDE),
            make_entry("answered"),
            make_entry(None, kind="decline"),
            offered,
            make_feedback(offered, "picked", "c.d"),
        ]
    )
    found = open_groups(store, Scope())
    assert [(group.asked.text, group.asked.times, group.asked.reasons) for group in found.groups] == [
        ("a pacs is what", 2, ((NOT_RECORDED, 2),)),
        ("nurses", 1, (("outside.other_jobs", 1),)),
        ("renew it", 1, ()),
    ]
    assert found.groups[2].picked == (("c.d", 1),)


def test_a_group_that_was_decided_on_does_not_come_back(store: Store) -> None:
    store.write([make_entry("what is a pacs", kind="decline")])
    (group,) = open_groups(store, Scope()).groups
    decide(store, group, "aside", None, NOW)
    store.write([make_entry("what is a pacs", kind="decline")])
    assert open_groups(store, Scope()).groups == ()
