from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from dimchat.cli import run

if TYPE_CHECKING:
    from pathlib import Path

DEGREE = "what degree do I need"
KEYS = [
    "schema", "question", "read_as", "language", "kind", "intents", "titles", "about", "outside", "confidence", "short",
    "text", "citations", "reviewed", "review_by", "as_of", "expired", "period", "reader", "options", "suggestions",
    "unanswered", "rows",
    "context", "pack",
]  # fmt: skip


class Stream(io.BytesIO):
    """Bytes with a name, as a process's streams have one."""

    name = "<stream>"


class Result(NamedTuple):
    """What a run left."""

    returncode: int
    stdout: bytes
    stderr: bytes


def process(*arguments: str | bytes, stdin: bytes = b"", **env: str) -> Result:
    """Run dimchat as a user's shell does."""
    command: list[str | bytes] = [sys.executable, "-m", "dimchat", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, **env}, check=False)
    return Result(done.returncode, done.stdout, done.stderr)


def dimchat(*arguments: str | bytes, stdin: str | bytes = "") -> Result:
    """Run dimchat in this process, over streams that are bytes outside as those of a process are."""
    given, out, err = Stream(stdin.encode() if isinstance(stdin, str) else stdin), Stream(), Stream()
    given.name = "<stdin>"
    streams = [io.TextIOWrapper(stream, "utf-8", newline="\n") for stream in (given, out, err)]
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        status = run([os.fsdecode(argument) for argument in arguments])
        for stream in streams[1:]:
            stream.flush()
    return Result(status, out.getvalue(), err.getvalue())


def reply(result: Result) -> dict[str, Any]:
    record = json.loads(result.stdout)
    assert isinstance(record, dict)
    return record


@pytest.mark.parametrize("arguments", [(DEGREE,), tuple(DEGREE.split())], ids=["quoted", "bare"])
def test_a_question_in_the_arguments_is_answered(arguments: tuple[str, ...]) -> None:
    result = process("ask", "--json", *arguments)
    assert result.returncode == 0
    assert reply(result)["intents"] == ["manager.education"]
    assert reply(result)["question"] == DEGREE


@pytest.mark.parametrize("arguments", [("-",), ()], ids=["dash", "none"])
def test_questions_are_read_from_stdin_a_line_each(arguments: tuple[str, ...]) -> None:
    result = process("ask", "--json", *arguments, stdin=f"{DEGREE}\n\n  \nhow do I bake a cake\n".encode())
    replies = [json.loads(line) for line in result.stdout.splitlines()]
    assert [entry["kind"] for entry in replies] == ["answer", "decline"]
    assert result.returncode == 1


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["CRLF", "CR"])
def test_lines_of_the_input_may_end_in_any_way(end: str) -> None:
    asked = dimchat("ask", "--json", stdin=f"{DEGREE}{end}thank you{end}")
    assert [json.loads(line)["question"] for line in asked.stdout.splitlines()] == [DEGREE, "thank you"]
    replayed = dimchat("replay", "-", stdin=f'{{"id": 1, "turns": []}}{end}{{"id": 2, "turns": []}}{end}')
    assert [json.loads(line)["id"] for line in replayed.stdout.splitlines()] == [1, 2]


def test_arguments_with_spaces_are_questions_of_their_own() -> None:
    result = dimchat("ask", "--json", DEGREE, "is it stressful to be an imaging manager")
    assert [json.loads(line)["question"] for line in result.stdout.splitlines()] == [
        DEGREE,
        "is it stressful to be an imaging manager",
    ]


def test_the_text_form_names_its_sources() -> None:
    result = dimchat("ask", DEGREE)
    text = result.stdout.decode()
    assert "[1]" in text
    assert "Sources:" in text
    assert "bachelor" in text


def test_the_json_form_has_all_keys_in_order() -> None:
    assert list(reply(dimchat("ask", "--json", DEGREE))) == KEYS
    assert list(reply(dimchat("ask", "--json", "how do I bake a cake"))) == KEYS


def test_a_conversation_leans_on_what_came_before() -> None:
    apart = dimchat("ask", "--json", "what is an imaging manager", "and the salary")
    together = dimchat(
        "ask", "--json", "--conversation", "what is the role of an imaging manager", "and what about pay"
    )
    assert len(apart.stdout.splitlines()) == 2
    assert json.loads(together.stdout.splitlines()[1])["intents"] == ["manager.pay"]


def test_a_conversation_numbers_the_topics_that_it_offers_and_a_number_opens_one() -> None:
    said = dimchat("ask", "--conversation", "xyzzy plugh", "plugh xyzzy", "4", "2", "99")
    _, second, topic, answer, beyond = re.split(r"^You: .*$", said.stdout.decode(), flags=re.MULTILINE)[1:]
    assert "  4 The job" in second
    assert "  1 What is a Diagnostic Imaging Manager?" in topic
    assert "Sources:" in answer
    assert "99" in beyond
    assert said.returncode == 1


HOSTILE: dict[str, str | bytes] = {
    "cake": "how do I bake a cake",
    "capital": "what is the capital of France",
    "filler": "the",
    "cat": "CT scan my cat",
    "emoji": "\N{FACE WITH TEARS OF JOY}",
    "long": "a" * 5000,
    "many words": "manager degree " * 500,
    "control": "\x01\x02\x07\x1b\x7f\u0085",
    "not utf-8": b"\xff\xfe\xc3",
    "lone surrogate": b"\xed\xa0\x80",
    "ansi": "\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "markup": "[bold]markup[/]",
    "closing markup": "[/]",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
@pytest.mark.parametrize("face", ["argument", "stdin", "json"])
def test_hostile_text_is_never_answered_and_never_a_crash(text: str | bytes, face: str) -> None:
    data = text.encode() if isinstance(text, str) else text
    if face == "stdin":
        result = dimchat("ask", stdin=data + b"\n")
    else:
        result = dimchat("ask", *(["--json"] if face == "json" else []), data)
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr
    assert b"\x1b" not in result.stdout
    result.stdout.decode()
    if face == "json":
        assert reply(result)["kind"] != "answer"


def test_an_empty_question_is_declined() -> None:
    result = dimchat("ask", "--json", "")
    assert result.returncode == 1
    assert reply(result)["kind"] in {"decline", "clarify"}


def test_no_question_at_all_is_told() -> None:
    result = dimchat("ask", stdin="\n")
    assert result.returncode == 1
    assert b"no question" in result.stderr


def test_a_bare_word_that_many_questions_share_offers_choices() -> None:
    result = dimchat("ask", "--json", "exam")
    assert result.returncode == 1
    assert reply(result)["kind"] == "clarify"
    assert 2 <= len(reply(result)["options"]) <= 5


def test_a_home_that_cannot_be_written_is_no_error(toy: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    # The bundled pack would be learnt anew, which takes seconds.
    result = process(
        "ask", "--pack", str(toy), "return policy", DIMCHAT_CACHE=str(blocked / "cache"), HOME=str(blocked)
    )
    assert result.returncode == 0
    assert result.stderr == b""


def test_a_closed_pipe_is_no_traceback() -> None:
    command = [sys.executable, "-m", "dimchat", "topics"]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    assert b"Traceback" not in started.stderr.read()
    started.stderr.close()
    started.wait()
    assert started.returncode in {0, 141}


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("closed", "status", "told"),
    [
        ("<&-", 0, b""),
        (">&- < /dev/null", 2, b"dimchat: standard output: Bad file descriptor\n"),
        ("2>&- < /dev/null", 0, b""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_stream_that_was_closed_before_is_no_traceback(closed: str, status: int, told: bytes) -> None:
    command = ["sh", "-c", f'"$0" -m dimchat {closed}', sys.executable]
    result = subprocess.run(command, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (status, told)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("aks", DEGREE), "'ask'"),
        (("show", "manager.educaton"), "'manager.education'"),
        (("show", "xyz"), "there is no answer 'xyz'; `dimchat topics` lists them"),
        (("topics", "dutys"), "'duties'"),
        (("topics", "xyz"), "there is no category 'xyz'; there are "),
        (("xyz",), "there is no command 'xyz'; to ask something: dimchat ask xyz ..."),
        (("ask", "--jsn", DEGREE), "--json"),
        (("schema", "intent"), "'intents'"),
        (("ask", "--pack", "/nonexistent", DEGREE), "/nonexistent"),
    ],
)
def test_wrong_usage_says_what_was_meant(arguments: tuple[str, ...], hint: str) -> None:
    result = dimchat(*arguments)
    assert result.returncode == 2
    assert hint in result.stderr.decode()
    assert b"Traceback" not in result.stderr


def test_show_prints_one_answer() -> None:
    result = dimchat("show", "manager.education")
    assert result.returncode == 0
    assert "Sources:" in result.stdout.decode()
    assert reply(dimchat("show", "--json", "manager.education"))["intents"] == ["manager.education"]


def test_version_and_help() -> None:
    assert dimchat("--version").stdout.startswith(b"dimchat ")
    for command in ["ask", "replay", "explain", "topics", "show", "check", "test", "tune", "schema"]:
        result = dimchat(command, "--help")
        assert result.returncode == 0
        assert b"Usage: dimchat " in result.stdout


def test_replay_keeps_ids_and_contexts() -> None:
    lines = [
        json.dumps({"id": 7, "turns": ["what is an imaging manager", "how do I bake a cake"]}),
        "",
        json.dumps({"id": "b", "turns": []}),
    ]
    result = dimchat("replay", "-", stdin="\n".join(lines))
    assert result.returncode == 0
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert [entry["id"] for entry in out] == [7, "b"]
    assert [entry["kind"] for entry in out[0]["replies"]] == ["answer", "decline"]
    assert out[1]["replies"] == []


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": 1}', '{"id": 1, "turns": "x"}', '{"id": 1, "turns": [2]}', "[" * 9999]
)
def test_replay_names_the_line_that_it_cannot_read(line: str) -> None:
    good = json.dumps({"id": "good", "turns": ["hello"]})
    result = dimchat("replay", "-", stdin=f"{line}\n{good}\n")
    assert result.returncode == 2
    assert b"<stdin>:1: " in result.stderr
    assert b"Traceback" not in result.stderr
    assert json.loads(result.stdout)["id"] == "good"


def test_explain_in_both_forms() -> None:
    text = dimchat("explain", "--after", "what is an imaging manager", "and the salary")
    assert text.returncode == 0
    assert "manager.pay" in text.stdout.decode()
    assert json.loads(dimchat("explain", "--json", DEGREE).stdout)


def test_the_plain_chat_reads_lines_and_takes_numbers() -> None:
    result = dimchat("--plain", stdin="manager\n1\n/topics\n/nonsense\n/help\n/quit\nnot read\n")
    text = result.stdout.decode()
    assert result.returncode == 0
    assert "You: manager" in text
    assert "Sources:" in text
    assert "There is no command /nonsense" in text
    assert "not read" not in text
    assert dimchat(stdin="hello\n").stdout.decode().count("dimchat: ") >= 2


def test_the_plain_chat_says_why_asks_again_and_forgets() -> None:
    said = ["/why", "what is the CRA", "how do I renew it", "/why", "/again", "/clear", "how do I renew it", "/again"]
    text = dimchat("--plain", stdin="\n".join(said)).stdout.decode()
    unasked, _, renewal, why, again, _, anew, anew_again = (
        part.strip() for part in re.split(r"^You: .*$", text, flags=re.MULTILINE)[1:]
    )
    assert unasked == "dimchat: Nothing was asked yet."
    assert "How do I renew the CRA?" in why
    assert again == renewal
    assert anew != renewal  # nothing is left that "it" could be
    assert anew_again.startswith("dimchat: ")


def test_hostile_text_is_harmless_in_the_plain_chat() -> None:
    lines = [text.encode() if isinstance(text, str) else text for text in HOSTILE.values()]
    result = dimchat("--plain", stdin=b"\n".join(lines))
    assert result.returncode == 0
    assert b"Traceback" not in result.stderr
    assert b"\x1b" not in result.stdout
    assert b"Sources:" not in result.stdout
    assert b"[bold]markup[/]" in result.stdout


def test_hostile_text_is_harmless_in_replay() -> None:
    turns = [text if isinstance(text, str) else text.decode("utf-8", "surrogateescape") for text in HOSTILE.values()]
    result = dimchat("replay", "-", stdin=json.dumps({"id": "hostile", "turns": [*turns, "\ud800", ""]}))
    assert result.returncode == 0
    replies = json.loads(result.stdout)["replies"]
    assert len(replies) == len(turns) + 2
    assert not [entry for entry in replies if entry["kind"] == "answer"]
