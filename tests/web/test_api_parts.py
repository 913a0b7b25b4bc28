"""The parts of the API by themselves: states, keys, rates, what is read of a body, the description."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.fernet import Fernet, MultiFernet
from hypothesis import given
from hypothesis import strategies as st
from openapi_spec_validator import validate

from dimchat.errors import UsageError
from dimchat.index import open_assistant
from dimchat.model import Context, Pack
from dimchat.pack import find_pack
from dimchat.quality import CASES_FOLDER, load_items
from dimchat.quality.runner import Talk
from dimchat.render.json_reply import to_dict
from dimchat.web.addresses import proxy
from dimchat.web.api.api_question import LARGEST, LONGEST, STATE_LIFE, STATE_MOST, asked
from dimchat.web.api.api_settings import ApiSettings, named_origin, ready_api
from dimchat.web.api.description import openapi, topics
from dimchat.web.api.keys import read_keys
from dimchat.web.api.problems import KINDS, RefusedError
from dimchat.web.api.rates import Rates
from dimchat.web.api.reply_schema import DIALECT, reply_schema
from dimchat.web.api.seal import Carried, Sealer, new_keys, read_state_keys

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant

jsonschema: Any = pytest.importorskip("jsonschema")
SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
JSON = "application/json"
KEY = "0123456789abcdefghij"
CARRIED = Carried(Context(turn=3, topic="cra", options=("cra.exam",), pending="exam zanzibar"), silent=True)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@cache
def open_assistant_once() -> Assistant:
    return open_assistant()


def validator(name: str) -> Any:
    schema = {**openapi(), "$ref": f"#/components/schemas/{name}"}
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.fixture(scope="module")
def pack() -> Pack:
    return open_assistant_once().pack


def test_the_description_is_openapi_and_what_is_committed_is_what_is_served() -> None:
    validate(openapi())
    assert json.loads((SCHEMAS / "openapi.json").read_text("utf-8")) == openapi()
    assert json.loads((SCHEMAS / "reply.json").read_text("utf-8")) == reply_schema()
    jsonschema.Draft202012Validator.check_schema(reply_schema())
    assert reply_schema()["$schema"] == DIALECT


def test_every_name_in_the_description_leads_somewhere() -> None:
    told = openapi()
    text = json.dumps(told)
    for place in set(re.findall(r'"\$ref": "#/([^"]+)"', text)):
        found: Any = told
        for part in place.split("/"):
            found = found[part]
        assert found
    needed = [
        *told["security"],
        *(need for path in told["paths"].values() for one in path.values() for need in one.get("security", [])),
    ]
    assert {name for need in needed for name in need} == set(told["components"]["securitySchemes"])


def test_every_problem_is_described() -> None:
    described = json.dumps(openapi()["paths"])
    assert [name for name in KINDS if f"problem:{name}:" not in described] == []
    for name in KINDS:
        refused = RefusedError(name, "more")
        validator("Problem").validate(json.loads(refused.body()))
        assert f'"{refused.status}"' in described


def replies_hold(*files: str) -> None:
    root = find_pack(None)
    folder = root / CASES_FOLDER
    assistant = open_assistant_once()
    sealer, check = Sealer(new_keys(), assistant.pack.digest, Clock()), validator("Answered")
    talk = Talk(assistant)
    for item in load_items([folder / file for file in files] or [folder], root, assistant.pack):
        reply, context = assistant.ask(item.ask, talk.before(item))
        state = sealer.sealed(Carried(context))
        check.validate({"reply": to_dict(reply, assistant.pack, None, context.reader), "state": state})
        assert state is not None
        assert sealer.opened(state) == Carried(context)


def test_replies_of_the_cases_are_as_described() -> None:
    replies_hold("duties.yaml")


@pytest.mark.slow
def test_every_reply_of_the_cases_is_as_described() -> None:
    replies_hold()


def test_topics_are_as_described(pack: Pack) -> None:
    told = topics(pack, pack.languages)
    validator("Topics").validate(told)
    assert any(question["intent"] == "cra.overview" for one in told["categories"] for question in one["questions"])


def test_a_state_comes_back_as_it_was_and_shows_nothing() -> None:
    sealer = Sealer(new_keys(), "digest", Clock())
    state = sealer.sealed(CARRIED)
    assert state is not None
    assert sealer.opened(state) == CARRIED
    assert "zanzibar" not in state
    assert state != sealer.sealed(CARRIED)


def refused(sealer: Sealer, state: str) -> str:
    with pytest.raises(RefusedError) as caught:
        sealer.opened(state)
    return caught.value.name


@given(st.data())
def test_no_altered_state_is_opened(data: st.DataObject) -> None:
    sealer = Sealer(new_keys(), "digest", Clock())
    state = sealer.sealed(CARRIED) or ""
    at = data.draw(st.integers(0, len(state) - 1))
    put = data.draw(st.one_of(st.sampled_from("!\n =-_A"), st.characters(), st.just("")))
    altered = state[:at] + put + state[at + data.draw(st.integers(0, 1)) :]
    if altered != state:
        assert refused(sealer, altered) == "state-invalid"


@given(st.text(max_size=300))
def test_no_other_text_is_a_state(text: str) -> None:
    assert refused(Sealer(new_keys(), "digest", Clock()), text) == "state-invalid"


def test_a_state_is_good_for_twenty_minutes_one_pack_and_one_key() -> None:
    keys, clock = new_keys(), Clock()
    sealer = Sealer(keys, "digest", clock)
    state = sealer.sealed(CARRIED) or ""
    assert refused(Sealer(new_keys(), "digest", clock), state) == "state-invalid"
    assert refused(Sealer(keys, "other", clock), state) == "state-of-another-pack"
    clock.now += STATE_LIFE
    assert sealer.opened(state) == CARRIED
    clock.now += 1
    assert refused(sealer, state) == "state-expired"
    clock.now -= STATE_LIFE + 100
    assert refused(sealer, state) == "state-invalid"


@given(st.text(max_size=2000), st.lists(st.text(max_size=40), max_size=12))
def test_a_state_is_never_longer_than_it_may_be(pending: str, ids: list[str]) -> None:
    sealer = Sealer(new_keys(), "digest", Clock())
    state = sealer.sealed(Carried(Context(pending=pending, answered=tuple(ids))))
    assert state is not None
    assert len(state) <= STATE_MOST
    context = sealer.opened(state).context
    assert len(context.answered) == len(ids)


def test_what_fits_into_no_state_leaves_none() -> None:
    huge = Carried(Context(answered=tuple(Fernet.generate_key().decode() for _ in range(60))))
    assert Sealer(new_keys(), "digest", Clock()).sealed(huge) is None


def test_keys_of_states_are_shared_and_replaced_by_a_file(tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    file = tmp_path / "key"
    file.write_text(f"# ours\n{old}\n")
    file.chmod(0o600)
    state = Sealer(read_state_keys(file), "digest", Clock()).sealed(CARRIED) or ""
    file.write_text(f"{new}\n{old}\n")
    assert Sealer(read_state_keys(file), "digest", Clock()).opened(state) == CARRIED
    file.chmod(0o640)
    with pytest.raises(UsageError, match="chmod 600"):
        read_state_keys(file)
    file.write_text("short\n")
    with pytest.raises(UsageError, match=rf"{file}:1: is no key"):
        read_state_keys(file)
    file.write_text("\n")
    with pytest.raises(UsageError, match="holds no key"):
        read_state_keys(file)


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        (f"one {KEY}", 0o644, "others than its owner may read it"),
        (f"one {KEY}\none {KEY}x", 0o600, ":2: the name 'one' stands for two keys"),
        (f"one {KEY}\ntwo {KEY}", 0o600, ":2: the key of 'two' is also that of 'one'"),
        ("one short", 0o600, ":1: the key of 'one' has fewer than 20 characters"),
        (f"one {KEY}ü", 0o600, ":1: the key of 'one'"),
        ("one sha256:12", 0o600, ":1: the key of 'one' is no SHA-256"),
        (f"{KEY}", 0o600, ":1: has not two words"),
        (f"one {KEY} more", 0o600, ":1: has not two words"),
        ("# nothing\n\n", 0o600, "holds no key"),
    ],
)
def test_a_file_of_keys_that_is_wrong_says_where_and_shows_no_key(
    text: str, mode: int, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "keys"
    file.write_text(f"{text}\n", "utf-8")
    file.chmod(mode)
    with pytest.raises(UsageError) as caught:
        read_keys(file)
    assert said in str(caught.value)
    assert KEY not in str(caught.value)


def test_keys_are_known_plain_and_hashed(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"# who\n\nlibrary {KEY}\n", "utf-8")
    file.chmod(0o600)
    keys = read_keys(file)
    assert [keys.name_of(sent) for sent in (KEY, KEY + "x", "", "\udcff")] == ["library", None, None, None]
    assert KEY not in f"{vars(keys)}"
    hashed = hashlib.sha256(KEY.encode()).hexdigest()
    file.write_text(f"library sha256:{hashed}\n", "utf-8")
    file.chmod(0o644)
    assert read_keys(file).name_of(KEY) == "library"
    with pytest.raises(UsageError, match="cannot be read"):
        read_keys(tmp_path / "none")


def test_rates_let_a_burst_pass_and_then_so_many_a_minute() -> None:
    clock = Clock()
    rates = Rates(60, 3, clock)
    assert [rates.take("one") for _ in range(4)] == [0, 0, 0, 1]
    assert rates.take("other") == 0
    clock.now += 1
    assert [rates.take("one"), rates.take("one")] == [0, 1]
    clock.now -= 1000  # a clock that goes back gives nothing and takes nothing
    assert rates.wait("one") == 1


@pytest.mark.parametrize(
    ("content_type", "body", "name"),
    [
        ("", b"{}", "content-type"),
        ("text/plain", b"{}", "content-type"),
        ("application/x-www-form-urlencoded", b"question=x", "content-type"),
        (JSON, b"", "not-json"),
        (JSON, b"{", "not-json"),
        (JSON, b"\xff", "not-json"),
        (JSON, b"[" * 9000, "not-json"),
        (JSON, b"1" * 9000, "not-json"),
        (JSON, b"[]", "bad-request"),
        (JSON, b"{}", "bad-request"),
        (JSON, b'{"question": null}', "bad-request"),
        (JSON, b'{"question": NaN}', "bad-request"),
        (JSON, b'{"question": " "}', "bad-request"),
        (JSON, b'{"question": "a", "question": "b"}', "bad-request"),
        (JSON, b'{"question": "a", "reader": "nobody"}', "bad-request"),
        (JSON, b'{"question": "a", "state": 1}', "bad-request"),
        (JSON, b'{"question": "a", "language": "tlh"}', "bad-request"),
        (JSON, json.dumps({"question": "a" * (LONGEST["question"] + 1)}).encode(), "bad-request"),
    ],
)
def test_what_is_no_question_is_refused(content_type: str, body: bytes, name: str, pack: Pack) -> None:
    with pytest.raises(RefusedError) as caught:
        asked(content_type, body, pack)
    assert caught.value.name == name


@given(st.text(max_size=40), st.binary(max_size=200))
def test_whatever_comes_is_a_question_or_refused(content_type: str, body: bytes) -> None:
    for declared in (content_type, JSON):
        try:
            asked(declared, body, open_assistant_once().pack)
        except RefusedError as refused:
            json.loads(refused.body())


def test_a_field_that_is_misspelt_is_named_with_what_was_meant(pack: Pack) -> None:
    with pytest.raises(RefusedError) as caught:
        asked(JSON, b'{"qestion": "a"}', pack)
    assert caught.value.detail == "there is no field 'qestion', did you mean 'question'?"


def test_a_question_is_read_with_its_reader(pack: Pack) -> None:
    body = json.dumps({"question": "half a pair: \ud800", "reader": "students", "state": None}).encode()
    assert len(body) < LARGEST
    question = asked("application/json; charset=utf-8", body, pack)
    assert question == ("half a pair: \ufffd", None, "student", None)


def test_a_question_says_for_whom_and_in_which_language_from_then_on(pack: Pack) -> None:
    def after(context: Context, **fields: str) -> Context:
        return asked(JSON, json.dumps({"question": "a", **fields}).encode(), pack).after(context, pack)

    spanish = after(Context(reader="student"), language="es")
    assert (spanish.language, spanish.reader) == ("es", "student")
    assert after(spanish) == spanish
    assert after(spanish, language="en", reader="everyone") == Context()


@pytest.mark.parametrize("text", ["https://Example.org", "https://example.org:443", "https://example.org/"])
def test_an_origin_is_taken_as_browsers_write_it(text: str) -> None:
    assert named_origin(text) == "https://example.org"


@pytest.mark.parametrize(
    "text", ["*", "null", "example.org", "https://example.org/page", "https://a b", "https://*.a.org", "https://a;b"]
)
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no origin"):
        named_origin(text)


def test_settings_go_to_another_process_and_back() -> None:
    settings = ApiSettings(Path("/k"), None, 7, 3, ("https://a.org",), (proxy("10.0.0.0/8"),), "https://b.org")
    assert ApiSettings.from_json(settings.to_json()) == settings


@pytest.mark.parametrize(
    ("host", "more"),
    [("0.0.0.0", {}), ("127.0.0.1", {"public_url": "https://a.org"}), ("::1", {"proxies": ("10.0.0.1",)})],  # noqa: S104
)
def test_strangers_need_keys(host: str, more: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--api-keys"):
        ready_api(ApiSettings(**more), host)
    file = tmp_path / "keys"
    file.write_text(f"one {KEY}\n")
    file.chmod(0o600)
    assert ready_api(ApiSettings(keys=file, **more), host).keys == file
    assert ready_api(ApiSettings(), "127.0.0.1").keys is None


def test_two_servers_with_one_file_go_on_with_each_other_s_conversations(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(Fernet.generate_key())
    file.chmod(0o600)
    one, other = (Sealer(read_state_keys(file), "digest", Clock()) for _ in range(2))
    assert other.opened(one.sealed(CARRIED) or "") == CARRIED
    assert isinstance(read_state_keys(file), MultiFernet)
