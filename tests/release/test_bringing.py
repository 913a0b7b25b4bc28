"""What a stand takes, and what it refuses while its visitors keep what they have."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from dimchat import __version__
from dimchat.errors import UsageError
from dimchat.files import disk
from dimchat.release import bringing, proving
from dimchat.release.follow_settings import Follow
from dimchat.release.kept_answers import folder_for
from dimchat.release.manifest import MOST_DOCUMENT, MOST_FILE, MOST_FILES, WHOLE, File, Rollout, canonical, place_of
from dimchat.release.origin import file_name, manifest_name
from dimchat.release.publishing import publication, renewed
from dimchat.release.signing import make_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Shop


def test_a_stand_takes_each_new_version_and_nothing_twice(shop: Shop) -> None:
    shop.publish("From nine to six.")
    assert shop.bring() == ("taken", 1)
    assert shop.bring() == ("same", 1)
    shop.publish("From ten to seven.")
    assert shop.bring() == ("taken", 2)
    assert shop.said() == "From ten to seven."
    assert shop.kept.seen().error == ""


def test_only_what_is_new_is_fetched(shop: Shop) -> None:
    shop.publish("From nine to six.")
    shop.bring()
    made = shop.publish("From ten to seven.")
    assert made.fresh == 1
    fetched: list[str] = []
    origin = shop.bringer().source
    bring = origin.bring

    def bring_and_tell(name: str, size: int, target: Path) -> None:
        fetched.append(name)
        bring(name, size, target)

    origin.bring = bring_and_tell  # type: ignore[method-assign]
    shop.bring(source=origin)
    assert len(fetched) == 1


def test_two_versions_are_kept_and_nothing_half(shop: Shop) -> None:
    for hour in range(4):
        shop.publish(f"From {hour}.")
        shop.bring()
    kept = sorted(path.name for path in (shop.kept.folder / "versions").iterdir())
    assert kept == ["3", "3.signed", "4", "4.signed"]
    assert str(shop.kept.current.readlink()) == "versions/4"
    assert not (shop.kept.folder / "parts").exists()


def test_a_version_that_somebody_spoilt_here_is_fetched_anew(shop: Shop) -> None:
    shop.publish("From nine to six.")
    shop.bring()
    file = shop.kept.current / "answers" / "shop.yaml"
    file.write_text(file.read_text().replace("nine", "noon"))
    assert shop.bring() == ("taken", 1)
    assert shop.said() == "From nine to six."


def test_the_new_key_alone_is_enough_while_both_sign(shop: Shop) -> None:
    new = shop.home / "new"
    make_key(new)
    shop.to = shop.publication(shop.key, new)
    shop.publish("From nine to six.")
    only_new = shop.publication(new).trusted
    assert shop.bring(trusted=only_new) == ("taken", 1)
    shop.to = publication(shop.folder, [new], [shop.key.with_suffix(".pub")])
    shop.publish("From ten to seven.")
    assert shop.bring(trusted=only_new) == ("taken", 2)


def test_nothing_is_taken_where_no_version_is_for_all_yet(shop: Shop) -> None:
    shop.publish("From nine to six.", hold=True)
    assert shop.bring() == ("same", 0)
    assert shop.said() is None


@pytest.mark.parametrize("state", ["running", "halted"])
def test_a_rollout_reaches_the_stands_of_its_wave_and_halted_no_more(shop: Shop, state: str) -> None:
    shop.publish("From nine to six.")
    shop.bring()
    made = shop.publish("From ten to seven.", hold=True)
    channel = shop.to.channel()
    assert channel is not None
    listed = shop.to.write_manifest(made.manifest)
    place = place_of("lobby", 2)
    for reach, version in ((place - 1, 1), (place, 2 if state == "running" else 1), (WHOLE, 2)):
        going = Rollout(2, listed, "running" if reach == WHOLE else state, 0, (reach,), shop.now)  # type: ignore[arg-type]
        channel = renewed(replace(channel, rollout=going), shop.now, 90)
        shop.to.write_channel(channel)
        assert shop.bring().version == version
    assert channel.rollout is not None
    shop.to.write_channel(renewed(replace(channel, rollout=replace(channel.rollout, state="halted")), shop.now, 90))
    assert shop.bring() == ("same", 2), "who has it keeps it"


def tamper_channel(shop: Shop) -> None:
    shop.channel.write_bytes(shop.channel.read_bytes().replace(b'"version":2', b'"version":1'))


def tamper_manifest(shop: Shop) -> None:
    file = shop.folder / manifest_name(2)
    file.write_bytes(file.read_bytes().replace(b"shop", b"shed"))


def tamper_file(shop: Shop) -> None:
    file = fresh_file(shop)
    file.write_bytes(file.read_bytes().replace(b"ten", b"two"))


def swap_manifest(shop: Shop) -> None:
    shutil.copy(shop.folder / manifest_name(1), shop.folder / manifest_name(2))


def sign_with_another(shop: Shop) -> None:
    make_key(shop.home / "stranger")
    channel = shop.to.channel()
    assert channel is not None
    publication(shop.folder, [shop.home / "stranger"]).write_channel(replace(channel, serial=99))


def no_folder(shop: Shop) -> None:
    shop.folder.rename(shop.home / "away")


def a_link(shop: Shop) -> None:
    file = fresh_file(shop)
    file.rename(shop.home / "elsewhere")
    file.symlink_to(shop.home / "elsewhere")


def a_linked_folder(shop: Shop) -> None:
    (shop.folder / "files").rename(shop.home / "elsewhere")
    (shop.folder / "files").symlink_to(shop.home / "elsewhere")


def a_pipe(shop: Shop) -> None:
    file = fresh_file(shop)
    file.unlink()
    os.mkfifo(file)


def a_device(shop: Shop) -> None:
    shop.channel.unlink()
    shop.channel.symlink_to("/dev/zero")


def cut(shop: Shop) -> None:
    file = fresh_file(shop)
    file.write_bytes(file.read_bytes()[:-9])


def long_file(shop: Shop) -> None:
    file = fresh_file(shop)
    file.write_bytes(file.read_bytes() + b"#")


def long_channel(shop: Shop) -> None:
    with shop.channel.open("ab") as file:
        file.truncate(MOST_DOCUMENT + 1)


def expired(shop: Shop) -> None:
    shop.now += timedelta(days=91)


def clock_back(shop: Shop) -> None:
    shop.now -= timedelta(days=2)


def fresh_file(shop: Shop) -> Path:
    manifest = shop.to.manifest(2)
    sha256 = next(file.sha256 for file in manifest.files if file.name == "answers/shop.yaml")
    return shop.folder / file_name(sha256)


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (tamper_channel, "signature"),
        (tamper_manifest, "signature"),
        (tamper_file, "file"),
        (swap_manifest, "manifest"),
        (sign_with_another, "signature"),
        (no_folder, "unreachable"),
        (a_link, "file"),
        (a_linked_folder, "file"),
        (a_pipe, "unreachable"),
        (a_device, "file"),
        (cut, "file"),
        (long_file, "too-large"),
        (long_channel, "too-large"),
        (expired, "expired"),
        (clock_back, "clock"),
    ],
)
def test_what_is_not_in_order_is_refused_and_the_last_good_one_stays(
    shop: Shop, spoil: Callable[[Shop], None], kind: str
) -> None:
    shop.publish("From nine to six.")
    shop.bring()
    shop.publish("From ten to seven.")
    spoil(shop)
    assert shop.refused().kind == kind


def test_after_a_refusal_the_next_good_one_is_taken(shop: Shop) -> None:
    shop.publish("From nine to six.")
    shop.bring()
    shop.publish("From ten to seven.")
    tamper_file(shop)
    shop.refused()
    shop.publish("From eight to five.")
    assert shop.bring() == ("taken", 3)
    assert shop.kept.seen().error == ""


NAMES = [
    "../pack.yaml",
    "/etc/passwd",
    "answers/../../x.yaml",
    "answers/..",
    "answers//x.yaml",
    "./pack.yaml",
    "answers\\x.yaml",
    "C:/x.yaml",
    "answers/.hidden.yaml",
    "answers/x\n.yaml",
    "answers/X.yaml",
    "answers/\u00fc.yaml",
    "bin/sh",
    "pack.yaml/x",
    "answers/a/b/c/d.yaml",
    "answers/" + "x" * 200,
    "",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_elsewhere_is_refused_though_it_is_signed(shop: Shop, name: str) -> None:
    shop.publish("From nine to six.")
    shop.bring()
    made = shop.publish("From ten to seven.").manifest
    files = (*made.files, replace(made.files[0], name=name))
    shop.relist(replace(made, files=files))
    assert shop.refused().kind == "manifest"


def many(files: tuple[File, ...]) -> tuple[File, ...]:
    return (*files, *(replace(files[0], name=f"answers/x{number}.yaml") for number in range(MOST_FILES)))


def huge(files: tuple[File, ...]) -> tuple[File, ...]:
    return (*files, File("answers/x.yaml", MOST_FILE + 1, "0" * 64))


def huge_in_all(files: tuple[File, ...]) -> tuple[File, ...]:
    return (*files, *(File(f"answers/x{number}.yaml", MOST_FILE, "0" * 64) for number in range(4)))


def twice(files: tuple[File, ...]) -> tuple[File, ...]:
    return (*files, files[0])


def headless(files: tuple[File, ...]) -> tuple[File, ...]:
    return tuple(file for file in files if file.name != "pack.yaml")


@pytest.mark.parametrize(
    ("change", "kind"),
    [(many, "too-large"), (huge, "too-large"), (huge_in_all, "too-large"), (twice, "manifest"), (headless, "manifest")],
)
def test_a_list_that_no_pack_has_is_refused_before_a_file_is_asked_for(
    shop: Shop, change: Callable[[tuple[File, ...]], tuple[File, ...]], kind: str
) -> None:
    shop.publish("From nine to six.")
    shop.bring()
    made = shop.publish("From ten to seven.").manifest
    shop.relist(replace(made, files=change(made.files)))
    shutil.rmtree(shop.folder / "files")
    assert shop.refused().kind == kind


@pytest.mark.parametrize(
    "said",
    [
        b"[]\n",
        b"nonsense",
        b'{"format":2}\n',
        b"[" * 100_000,
        b'{"format":1,"format":1}\n',
        b'{"format":1e999}\n',
        b"\xff\xfe",
        b'{"format":NaN}\n',
    ],
)
@pytest.mark.parametrize("kind", ["channel", "manifest"])
def test_signed_nonsense_is_refused_in_words(shop: Shop, kind: str, said: bytes) -> None:
    shop.publish("From nine to six.")
    shop.bring()
    shop.publish("From ten to seven.")
    shop.resign(kind, shop.channel.name if kind == "channel" else manifest_name(2), said)
    assert shop.refused().kind == "manifest"


def test_the_same_said_in_other_bytes_is_refused(shop: Shop) -> None:
    made = shop.publish("From nine to six.").manifest
    said = json.dumps(json.loads(canonical(made))).encode()
    shop.resign("manifest", manifest_name(1), said)
    assert shop.refused().kind == "manifest"


def test_an_older_channel_is_somebodys_copy(shop: Shop) -> None:
    shop.publish("From nine to six.")
    old = shop.channel.read_bytes()
    shop.publish("From ten to seven.")
    shop.bring()
    shop.channel.write_bytes(old)
    assert shop.refused().kind == "older"
    assert shop.bring(allow_rollback=True) == ("taken", 1)
    assert shop.said() == "From nine to six."


def test_an_older_version_needs_a_word_of_the_operator(shop: Shop) -> None:
    shop.publish("From nine to six.")
    first = shop.to.channel()
    shop.publish("From ten to seven.")
    shop.bring()
    assert first is not None
    shop.to.write_channel(replace(first, serial=9))
    assert shop.refused().kind == "older"
    assert shop.bring(allow_rollback=True) == ("taken", 1)


def test_the_channel_of_another_pack_is_refused(shop: Shop) -> None:
    shop.publish("From nine to six.")
    shop.bring()
    channel = shop.to.channel()
    assert channel is not None
    shop.to.write_channel(replace(channel, name="other", serial=5))
    assert shop.refused().kind == "unfit"


def test_a_version_for_a_newer_dimchat_is_refused(shop: Shop) -> None:
    made = shop.publish("From nine to six.").manifest
    shop.relist(replace(made, needs="99.1"))
    assert f"needs dimchat 99.1 or newer, and this is {__version__}" in str(shop.refused())


def test_a_pack_with_errors_is_refused_though_it_is_signed(shop: Shop) -> None:
    shop.publish("From nine to six.")
    shop.bring()
    made = shop.publish("From ten to seven.").manifest
    data = (shop.pack / "answers" / "shop.yaml").read_bytes().replace(b"seven.", b"seven [@nowhere].")
    bad = File("answers/shop.yaml", len(data), hashlib.sha256(data).hexdigest())
    shop.to.write_file(data, bad.sha256)
    shop.relist(replace(made, files=tuple(bad if file.name == bad.name else file for file in made.files)))
    refused = shop.refused()
    assert refused.kind == "pack"
    assert "nowhere" in str(refused)


def test_a_pack_that_reads_otherwise_here_is_refused(shop: Shop) -> None:
    made = shop.publish("From nine to six.").manifest
    shop.relist(replace(made, digest="0" * 64))
    assert shop.refused().kind == "pack"
    shop.relist(replace(made, digest="0" * 64, made_with="0.1.9"))
    assert shop.bring() == ("taken", 1), "another version of dimchat may read it otherwise"


def test_a_pack_whose_titles_lead_nowhere_is_refused(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.publish("From nine to six.")
    monkeypatch.setattr(proving, "faults", lambda _: ["'When are you open?' does not lead to shop.hours"])
    assert "self-test: 'When are you open?'" in str(shop.refused())


def test_a_full_disk_is_told_and_leaves_the_last_good_one(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.publish("From nine to six.")
    shop.bring()
    shop.publish("From ten to seven.")
    write = disk.write

    def full(path: object, *data: bytes, **options: object) -> None:
        if "parts" in str(path):
            raise OSError(28, "No space left on device", str(path))
        write(path, *data, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(disk, "write", full)
    assert shop.refused().kind == "disk"
    monkeypatch.undo()
    assert shop.bring() == ("taken", 2)


def test_one_process_at_a_time(shop: Shop) -> None:
    shop.publish("From nine to six.")
    with shop.kept.alone(), pytest.raises(UsageError, match="another process"):
        shop.bring()


def test_two_stands_on_one_machine_keep_theirs_apart(shop: Shop) -> None:
    folders = {folder_for(shop.home, source, stand) for source in ("a", "b") for stand in ("c", "d")}
    assert len(folders) == 4


def test_the_module_says_in_two_words_how_it_ended(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    shop.publish("From nine to six.")
    channel = shop.to.channel()
    assert channel is not None
    shop.to.write_channel(renewed(channel, datetime.now(UTC), 9))
    follow = Follow(str(shop.folder), (str(shop.key) + ".pub",), "lobby", str(shop.kept.folder))
    assert bringing.main([follow.to_json()]) == 0
    assert bringing.main([follow.to_json()]) == 0
    tamper = shop.channel.read_bytes()
    shop.channel.write_bytes(tamper[:-1])
    assert bringing.main([follow.to_json()]) == 1
    assert bringing.main([replace(follow, keys=("none",)).to_json()]) == 2
    said = capsys.readouterr()
    assert said.out == "taken 1\nsame 1\nrefused signature\n"
    assert "none cannot be read" in said.err
