from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dimchat
from dimchat import index
from dimchat.dialogue.interpret.pack_statistics import PackStatistics
from dimchat.dialogue.understand.lookups import Lookups
from dimchat.errors import IndexFileError, PackError
from dimchat.index import packdata, prebuilt
from dimchat.model import Calibration
from dimchat.pack import fingerprint, load_pack

if TYPE_CHECKING:
    from dimchat.match import Matcher

QUESTION = "paycheck of the boss please"


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often something is learnt."""
    calls: list[int] = []
    fit = prebuilt.fit

    def counting(*arguments: object) -> Matcher:
        calls.append(1)
        return fit(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(prebuilt, "fit", counting)
    return calls


def test_the_second_opening_learns_nothing_and_is_the_same(root: Path, fitted: list[int]) -> None:
    pack, matcher = index.open_pack(root)
    again, other = index.open_pack(root)
    assert len(fitted) == 1
    assert again == pack == load_pack(root)
    assert again.root == str(root)
    assert matcher.rank(QUESTION) == other.rank(QUESTION)
    assert matcher.rank(QUESTION)[0].intent == "manager.pay"


def test_titles_conversation_safety_and_outside_are_learnt(root: Path) -> None:
    _, matcher = index.open_pack(root)
    assert matcher.rank("what does a manager earn")[0].phrase == "What does a manager earn?"
    assert matcher.rank("thanks")[0].intent == "conversation.thanks"
    assert matcher.rank("ambulance")[0].intent == "safety.emergency"
    assert matcher.rank("rain")[0].intent == "outside.weather"


def test_a_warm_opening_reads_no_yaml(root: Path) -> None:
    index.open_pack(root)
    program = (
        "import sys; from pathlib import Path; from dimchat import index; index.open_pack(Path(sys.argv[1]));"
        "dear = ('yaml', 'click', 'textual', 'logging', 'asyncio', 'importlib.metadata', 'tempfile');"
        "print([name for name in dear if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(root)], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_changed_pack_is_learnt_anew(root: Path, fitted: list[int]) -> None:
    index.open_pack(root)
    file = root / "intents" / "role.yaml"
    file.write_text(file.read_text().replace("manager wages per year", "the stipend"))
    pack, matcher = index.open_pack(root)
    assert len(fitted) == 2
    assert pack.fingerprint == fingerprint(root)
    assert matcher.rank("stipend")[0].intent == "manager.pay"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("answers/role.yaml", "A lot. [@guide]", "Plenty. [@guide]"),
        ("answers/sources.yaml", "A guide", "The guide"),
        ("answers/safety.yaml", "Call for help now.", "Call now."),
        ("pack.yaml", "version: 1.0.0", "version: 2.0.0"),
        ("intents/role.yaml", "# a comment that stays", "# another comment"),
        ("intents/role.yaml", "  next:\n    - manager.hours\n", ""),
    ],
)
def test_what_is_not_learnt_from_is_read_and_nothing_is_learnt_again(
    root: Path, fitted: list[int], name: str, before: str, after: str
) -> None:
    _, matcher = index.open_pack(root)
    text = (root / name).read_text()
    (root / name).write_text(text.replace(before, after))
    again, same = index.open_pack(root)
    assert len(fitted) == 1
    assert again == load_pack(root)
    assert same.to_bytes() == matcher.to_bytes()
    assert index.open_pack(root)[0] == again


def test_another_calibration_is_no_reason_to_learn_again(root: Path, fitted: list[int]) -> None:
    index.open_pack(root)
    calibration = Calibration(0.6, 0.1, (), load_pack(root).learning_digest)
    index.write_calibration(root, calibration)
    for _ in range(2):
        pack, matcher = index.open_pack(root)
        assert pack.calibration == matcher.calibration == calibration
    assert len(fitted) == 1


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_index_is_made_anew(root: Path, cache: Path, fitted: list[int], damage: bytes | None) -> None:
    index.open_pack(root)
    [file] = cache.iterdir()
    data = file.read_bytes()
    file.write_bytes(data[:-100] if damage is None else damage)
    index.open_pack(root)
    assert len(fitted) == 2
    assert file.read_bytes() == data


def test_the_index_of_another_pack_is_not_taken(root: Path) -> None:
    pack, matcher = index.open_pack(root)
    data = prebuilt.to_bytes(pack, matcher)
    with pytest.raises(IndexFileError):
        prebuilt.from_bytes(data, "0" * 64, root)


def test_the_index_of_another_version_is_not_taken(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack, matcher = index.open_pack(root)
    data = prebuilt.to_bytes(pack, matcher)
    monkeypatch.setattr(dimchat, "__version__", "99.0")
    with pytest.raises(IndexFileError):
        prebuilt.from_bytes(data, pack.fingerprint, root)


def test_every_cut_of_an_index_is_noticed(root: Path) -> None:
    pack, matcher = index.open_pack(root)
    data = prebuilt.to_bytes(pack, matcher)
    for size in range(0, len(data), len(data) // 40):
        with pytest.raises(IndexFileError):
            prebuilt.from_bytes(data[:size], pack.fingerprint, root)


def test_a_cache_that_cannot_be_written_is_no_error(root: Path, cache: Path) -> None:
    cache.write_text("a file where a folder should be")
    pack, matcher = index.open_pack(root)
    assert matcher.rank(QUESTION)[0].intent in pack.intent


def test_without_a_home_nothing_is_written(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DIMCHAT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.chdir(tmp_path)
    index.open_pack(root)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pack"]


def test_old_indexes_do_not_pile_up(root: Path, cache: Path) -> None:
    file = root / "intents" / "outside.yaml"
    text = file.read_text()
    for number in range(7):
        file.write_text(text + f"    - is it {number} degrees\n")
        index.open_pack(root)
    assert len(list(cache.iterdir())) == 4


def test_a_pack_with_errors_is_not_opened(root: Path, cache: Path) -> None:
    (root / "intents" / "role.yaml").write_text("- id: [")
    with pytest.raises(PackError):
        index.open_pack(root)
    assert not cache.exists()


def test_many_at_once_agree(root: Path, cache: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from dimchat import index;"
        "print(index.open_pack(Path(sys.argv[1]))[1].rank(sys.argv[2])[0])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(root), QUESTION], env=environment, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    assert len({process.communicate(timeout=60)[0] for process in running}) == 1
    assert [process.returncode for process in running] == [0] * 4
    assert len(list(cache.iterdir())) == 1


def test_a_calibration_is_used_until_there_is_another_and_a_stale_one_is_told(root: Path) -> None:
    calibration = Calibration(
        0.6, 0.1, (-1.0, 1.0, 2.0, 3.0, 0.0, 0.5), load_pack(root).learning_digest, (("folds", "5"),)
    )
    index.write_calibration(root, calibration)
    pack, matcher = index.open_pack(root)
    assert pack.calibration == matcher.calibration == calibration
    assert not pack.stale
    stale = calibration._replace(digest="old")
    index.write_calibration(root, stale)
    pack, matcher = index.open_pack(root)
    assert pack.calibration == matcher.calibration == stale
    assert pack.stale
    assert index.open_assistant(root).explain(QUESTION).decision.endswith("run dimchat tune")


def test_tuning_gives_what_the_pack_takes(root: Path) -> None:
    calibration = index.calibrate_pack(root)
    assert calibration.digest == load_pack(root).learning_digest
    assert dict(calibration.found)["wrong cost"] == "3"
    index.write_calibration(root, calibration)
    first = (root / "intents" / "calibration.json").read_bytes()
    assert index.open_pack(root)[0].calibration == calibration
    index.write_calibration(root, index.calibrate_pack(root))
    assert (root / "intents" / "calibration.json").read_bytes() == first


def test_an_index_beside_the_package_is_taken_first(
    root: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fitted: list[int]
) -> None:
    package = tmp_path / "installed" / "dimchat"
    (package / "_index").mkdir(parents=True)
    index.build_index(root, package / "_index" / "pack.index")
    monkeypatch.setattr(dimchat, "__file__", str(package / "__init__.py"))
    index.open_pack(root)
    assert len(fitted) == 1
    assert not cache.exists()


def test_the_bundled_pack_survives_the_way_into_an_index() -> None:
    pack = load_pack(Path(__file__).parents[2])
    assert (
        packdata.pack_from_data(
            packdata.pack_to_data(pack), lambda: packdata.lines_to_data(pack), pack.root, pack.spoken
        )
        == pack
    )


def test_what_messages_are_looked_up_in_survives_the_way_into_an_index(root: Path) -> None:
    for pack in (load_pack(Path(__file__).parents[2]), load_pack(root)):
        data = json.dumps(Lookups.of(pack))
        assert json.dumps(Lookups.from_data(json.loads(data))) == data


def test_answering_works_nothing_out_that_the_index_holds(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = (QUESTION, "hello there", "I fant breathe", "What does a manager earn?", "manger salery")
    new = index.open_assistant(root)
    expected = [new.ask(text) for text in messages]
    monkeypatch.setattr(Lookups, "of", None)
    monkeypatch.setattr(packdata, "_every_line", None)
    warm = index.open_assistant(root)
    assert [warm.ask(text) for text in messages] == expected


def test_lines_are_read_late_and_are_those_of_the_files(root: Path) -> None:
    index.open_pack(root)
    intent, same = (pack.intents[0] for pack in (index.open_pack(root)[0], load_pack(root)))
    assert intent == same
    assert hash(intent) == hash(same)
    assert repr(intent.phrases) == repr(same.phrases)
    assert (len(intent.phrases), intent.phrases[0], intent.phrases[1:]) == (
        len(same.phrases),
        same.phrases[0],
        same.phrases[1:],
    )
    assert pickle.loads(pickle.dumps(intent)) == same  # noqa: S301 - our own


def test_an_assistant_answers_from_the_pack(root: Path) -> None:
    assistant = index.open_assistant(root)
    pack = assistant.pack
    reply, _ = assistant.ask("how much does a manager make")
    assert pack.name == "tiny"
    assert reply.question == "how much does a manager make"


def test_statistics_of_follow_ups_are_read_and_not_counted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = index.open_assistant(root)
    first = assistant.ask("and the hours?", assistant.ask(QUESTION)[1])
    monkeypatch.setattr(PackStatistics, "of", None)
    assistant = index.open_assistant(root)
    assert assistant.ask("and the hours?", assistant.ask(QUESTION)[1]) == first


def test_damaged_statistics_are_counted_again(root: Path, cache: Path, fitted: list[int]) -> None:
    assistant = index.open_assistant(root)
    first = assistant.ask("and the hours?", assistant.ask(QUESTION)[1])
    [file] = cache.iterdir()
    data = bytearray(file.read_bytes())
    data[-600] ^= 0xFF
    file.write_bytes(data)
    assistant = index.open_assistant(root)
    assert assistant.ask("and the hours?", assistant.ask(QUESTION)[1]) == first
    assert len(fitted) == 1


def test_numbers_of_the_dialogue_stand_in_the_calibration(root: Path) -> None:
    shipped = index.open_pack(root)[0].digest
    digest = load_pack(root).learning_digest
    own = Calibration(0.5, 0.1, (), digest, followups=(("words", 1.5),), thresholds=(("sure", 0.6),))
    index.write_calibration(root, own)
    pack, matcher = index.open_pack(root)
    assert pack.calibration == matcher.calibration == own
    assert index.tune(root).after.thresholds == own.thresholds
    index.write_calibration(root, own._replace(followups=()))
    assert len({shipped, pack.digest, index.open_pack(root)[0].digest}) == 3
