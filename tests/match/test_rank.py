from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.match import Matcher, ranking
from dimchat.model import Aspect, Candidate, Topic, Vocabulary

from .conftest import by_words

if TYPE_CHECKING:
    from dimchat.model import Word


def first(matcher: Matcher, text: str) -> str:
    return matcher.rank(text)[0].intent


def word(matcher: Matcher, text: str, wanted: str) -> Word:
    return next(one for one in matcher.rank(text)[0].words if one.text == wanted)


def test_each_phrase_finds_its_own_intent(matcher: Matcher, lines: list[tuple[str, str]]) -> None:
    wrong = [(text, intent) for text, intent in lines if first(matcher, text) != intent]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("how much money does the manager earn", "manager.pay"),
        ("MANAGER SALARYY??", "manager.pay"),
        ("how much does a sonografer earn", "sonographer.pay"),
        ("ultrasound tech salary", "sonographer.pay"),
        ("paycheck of a sonographer", "sonographer.pay"),
        ("take home money of an ultrasound tech", "sonographer.pay"),
        ("radiology department manager shift", "manager.hours"),
        ("weather today", "outside.weather"),
    ],
)
def test_other_words_find_the_intent(matcher: Matcher, text: str, intent: str) -> None:
    assert first(matcher, text) == intent


def test_how_many_are_asked_for_changes_no_confidence() -> None:
    names = [f"t.a{number}" for number in range(40)]
    matcher = by_words([f"where is room {number} of the house" for number in range(40)], names)
    every = matcher.rank("where is room 7 of the house", 40)
    assert len(every) == len(names)
    for limit in (1, 2, 5, 13, 14, 39):
        assert matcher.rank("where is room 7 of the house", limit) == every[:limit]


def test_it_works_without_a_vocabulary(bare: Matcher) -> None:
    assert first(bare, "whats the sallary of a sonographer") == "sonographer.pay"


@pytest.mark.parametrize(
    ("text", "wanted", "how", "read_as"),
    [
        ("manager salary", "salary", "same", "salary"),
        ("manager sallary", "sallary", "misspelt", "salary"),
        ("manager paycheck", "paycheck", "synonym", "salary"),
        ("one manager earning", "earning", "stem", "earning"),
        ("manager salary please", "please", "filler", "please"),
        ("manager salary zzyzx", "zzyzx", "unknown", "zzyzx"),
    ],
)
def test_evidence_says_how_a_word_was_read(matcher: Matcher, text: str, wanted: str, how: str, read_as: str) -> None:
    found = word(matcher, text, wanted)
    assert (found.how, found.read_as) == (how, read_as)
    assert (found.weight == 0) == (how in ("filler", "unknown"))


def test_every_word_of_the_question_is_in_the_evidence(matcher: Matcher) -> None:
    assert [one.text for one in matcher.rank("Please, what's the salary?")[0].words] == [
        "please", "what", "is", "the", "salary",
    ]  # fmt: skip


def test_the_weights_of_the_words_make_up_the_score(matcher: Matcher) -> None:
    one, other = matcher.rank("sonographer salary")[:2]
    difference = sum(w.weight for w in one.words) - sum(w.weight for w in other.words)
    assert difference == pytest.approx(one.score - other.score, abs=0.01)


def test_filler_changes_nothing(matcher: Matcher) -> None:
    plain, polite = matcher.rank("sonographer salary"), matcher.rank("you know sonographer please salary")
    assert [(c.intent, c.score, c.confidence) for c in plain] == [(c.intent, c.score, c.confidence) for c in polite]


def test_the_phrase_is_the_most_alike_of_the_intent(matcher: Matcher) -> None:
    assert matcher.rank("what do those sonographers make a year")[0].phrase == "what do sonographers make"


def test_what_a_vocabulary_says_counts_less_than_what_people_wrote() -> None:
    vocabulary = Vocabulary(
        topics=(Topic("boss", "person", ("boss", "head", "chief")),),
        aspects=(Aspect("hours", "hours", ("night", "shift", "late", "early", "weekend")),),
    )
    phrases = ["the boss is mean at night", "the boss shouts at night", "when does a boss go home", "a boss at nine"]
    matcher = by_words(phrases, ["boss.temper", "boss.temper", "boss.hours", "boss.hours"], vocabulary=vocabulary)
    assert first(matcher, "the boss at night") == "boss.temper"
    assert first(matcher, "chief weekend") == "boss.hours"


def test_negation_is_seen(matcher: Matcher) -> None:
    assert first(matcher, "can I work without a license") == "license.without"
    plain, denied = matcher.rank("manager")[0], matcher.rank("not a manager")[0]
    assert plain.score != denied.score


def test_a_shared_topic_alone_is_not_sure(matcher: Matcher) -> None:
    best = matcher.rank("manager")[0]
    full = matcher.rank("manager salary")[0]
    assert best.confidence < 0.65
    assert best.margin < 0.2
    assert full.confidence > best.confidence + 0.2


def test_words_that_most_phrases_share_decide_nothing() -> None:
    phrases = [
        f"tell me about the {word} of the imaging manager" for word in ("pay", "hours", "stress", "team", "degree")
    ]
    matcher = by_words(phrases, ["a.pay", "a.hours", "a.stress", "a.team", "a.degree"])
    weights = {one.text: one.weight for one in matcher.rank("imaging manager stress")[0].words}
    assert weights["stress"] > 3 * max(weights["imaging"], weights["manager"])


def test_near_misses_count_against_their_own_intent_only(lines: list[tuple[str, str]]) -> None:
    texts, intents = [t for t, _ in lines], [i for _, i in lines]
    question = "manager salary at night"
    free = {c.intent: c.score for c in by_words(texts, intents).rank(question, 50)}
    bound = {c.intent: c.score for c in by_words(texts, intents, not_={"manager.pay": [question]}).rank(question, 50)}
    assert bound["manager.pay"] < free["manager.pay"] - 0.2
    assert bound["manager.hours"] >= free["manager.hours"] - 0.1


@pytest.mark.parametrize("text", ["", "   ", "the", "of the", "\U0001f600", "?!", "\x00", "xqzt vvkk"])
def test_text_without_known_content_is_worth_nothing(matcher: Matcher, text: str) -> None:
    assert all(one.confidence == 0 for one in matcher.rank(text))


def test_a_learnt_phrase_without_content_counts_word_for_word(matcher: Matcher) -> None:
    assert matcher.rank("Why?")[0].confidence > 0.3
    assert matcher.rank("why the")[0].confidence == 0


def test_order_margin_and_limit(matcher: Matcher) -> None:
    found = matcher.rank("what does a manager earn", 50)
    assert len(found) == len(matcher.intents)
    assert [c.intent for c in matcher.rank("what does a manager earn", 2)] == [c.intent for c in found[:2]]
    assert [c.confidence for c in found] == sorted((c.confidence for c in found), reverse=True)
    assert found[0].margin == pytest.approx(found[0].confidence - found[1].confidence, abs=2e-4)
    assert all(c.margin == pytest.approx(c.confidence - found[0].confidence, abs=2e-4) for c in found[1:])
    assert matcher.rank("what does a manager earn", 0) == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_is_ranked(matcher: Matcher, text: str) -> None:
    for one in matcher.rank(text):
        assert 0 <= one.confidence <= 1
        assert one.phrase


@pytest.mark.parametrize(
    "text", ["a" * 5000, "manager salary " * 300_000, "\x1b[" * 100_000, "a.b-" * 500_000, "\ufdfa" * 9000]
)
def test_time_is_bounded(matcher: Matcher, text: str) -> None:
    started = time.perf_counter()
    matcher.rank(text)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("phrases", [[], ["hello"], ["", "\U0001f600"], ["the", "the"]])
def test_odd_sets_of_phrases_can_be_learnt(phrases: list[str]) -> None:
    matcher = by_words(phrases, [f"t.{n}" for n in range(len(phrases))], vocabulary=Vocabulary())
    assert len(matcher.rank("hello there")) <= len(phrases)
    assert Matcher.from_bytes(matcher.to_bytes()).rank("hello the") == matcher.rank("hello the")


def test_phrases_and_intents_must_be_parallel() -> None:
    with pytest.raises(ValueError, match="zip"):
        by_words(["a", "b"], ["x"])


def test_the_order_of_phrases_and_the_hash_seed_change_nothing() -> None:
    program = (
        "from dimchat.match import Matcher, Options;"
        "m = Matcher.fit(['pay of a manager', 'salary please', 'working hours', 'night shift'], ['p', 'p', 'h', 'h'],"
        "options=Options(encoder=False));"
        "import hashlib; print(hashlib.sha256(m.to_bytes()).hexdigest(), m.rank('salery of managers'))"
    )
    seen = set()
    for seed in ("0", "1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_evidence_is_worked_out_for_the_candidate_that_is_looked_at(matcher: Matcher) -> None:
    text = "what do those sonographers make a year"
    late = matcher.rank(text)
    _ = late[1].words
    assert late[0].phrase == "what do sonographers make"
    assert late == matcher.rank(text)
    assert [one.words for one in late] == [one.words for one in matcher.rank(text)]


def test_a_candidate_can_be_copied_changed_and_sent_elsewhere(matcher: Matcher) -> None:
    best = matcher.rank("manager salary")[0]
    assert pickle.loads(pickle.dumps(best)) == best  # noqa: S301 - our own
    assert best._asdict()["words"] == best.words
    assert Candidate(**best._asdict()) == best
    assert hash(Candidate(**best._asdict())) == hash(best)
    assert best._replace(confidence=0.5).confidence == 0.5
    assert best._replace(phrase="another") != best
    assert repr(best).startswith("Candidate('manager.pay', ")


def test_what_was_asked_before_changes_no_answer(
    matcher: Matcher, lines: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [f"{text} {other}" for text, _ in lines for other in ("xqzt", "tonight", "sonografer or not", text)]
    fitted = [matcher.rank(text) for text in asked]
    monkeypatch.setattr(ranking, "_ROOM", 0)
    monkeypatch.setattr(ranking, "_MOST_BETWEEN", 3)
    forgetful = Matcher.from_bytes(matcher.to_bytes())
    assert [forgetful.rank(text) for text in reversed(asked)] == fitted[::-1]


def test_more_candidates_than_classes_may_be_asked_for() -> None:
    names = [f"word{n}" for n in range(600)]
    matcher = by_words(names, names)
    assert matcher.rank("word7", limit=1000)[0].intent == "word7"


def test_a_matcher_that_learnt_nothing_spreads_nothing() -> None:
    assert by_words([], []).score_all("hello") is None


def test_a_word_of_the_language_is_put_right_only_into_a_common_one() -> None:
    phrases = [*(f"what does a manager do in week {n}" for n in range(50)), "who sits at the front desk"]
    matcher = by_words(phrases, ["duties"] * 50 + ["desk"])

    def read(text: str) -> list[str]:
        return [word.read_as for word in matcher.rank(text)[0].words if word.how == "misspelt"]

    assert read("what does a manger do") == ["manager"]
    assert read("what does a manager do about the font") == []
    assert read("who sits at the frnot desk") == ["front"]
