"""What is published, and what is not."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.pack.test_branding import png

from dimchat.cli import run
from dimchat.errors import UsageError
from dimchat.pack.load import load_pack
from dimchat.release.manifest import WHOLE, Rollout, canonical, is_name, read_channel, read_manifest
from dimchat.release.publishing import publication, publish, renewed
from dimchat.release.signing import make_key

if TYPE_CHECKING:
    from .conftest import Shop


def test_a_manifest_says_all_that_a_stand_needs(shop: Shop) -> None:
    made = shop.publish("From nine to six.", days=30).manifest
    pack = load_pack(shop.pack)
    assert (made.name, made.version, made.digest, made.learning_digest) == (
        "toy",
        1,
        pack.digest,
        pack.learning_digest,
    )
    assert made.expires - made.issued == timedelta(days=30)
    assert [file.name for file in made.files] == sorted(file.name for file in made.files)
    assert read_manifest(canonical(made), "it") == made
    assert json.loads(canonical(made))["files"][0].keys() == {"name", "size", "sha256"}


def test_versions_rise_whatever_the_channel_says(shop: Shop) -> None:
    for number, hold in enumerate((False, True, True, False), 1):
        assert shop.publish(f"From {number}.", hold=hold).manifest.version == number
    channel = shop.to.channel()
    assert channel is not None
    assert (channel.version, channel.serial) == (4, 4)
    assert read_channel(canonical(channel), "it") == channel


def test_no_two_channels_are_written_in_one_second(shop: Shop) -> None:
    seconds = set()
    for hour in range(3):
        shop.publish(f"From {hour}.")
        seconds.add(int(shop.channel.stat().st_mtime))
    assert len(seconds) == 3


def test_a_pack_with_errors_is_not_published(shop: Shop) -> None:
    with pytest.raises(UsageError, match=r"1 errors, so it is not published; the first: answers/shop.yaml:2:.*nowhere"):
        shop.publish("From ten to seven [@nowhere].")
    assert not shop.folder.exists()


def test_a_logo_and_another_language_go_with_the_pack(shop: Shop) -> None:
    (shop.pack / "logo.png").write_bytes(png())
    with (shop.pack / "pack.yaml").open("a") as file:
        file.write("format: 2\nlook:\n  logo: A red ball\n")
    made = shop.publish("From nine to six.").manifest
    assert "logo.png" in [file.name for file in made.files]
    assert shop.bring() == ("taken", 1)
    assert (shop.kept.current / "logo.png").read_bytes() == png()
    assert is_name("intents/es/shop.yaml")
    assert not is_name("intents/ES/shop.yaml")


def test_what_no_stand_would_take_is_not_published(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dimchat.release.manifest.MOST_FILE", 5)
    with pytest.raises(UsageError, match="no size of a file of a pack"):
        shop.publish("From nine to six.")
    assert not (shop.folder / "versions").exists()


def test_a_case_that_cannot_be_read_is_an_error_too(shop: Shop) -> None:
    (shop.pack / "tests" / "cases" / "shop.yaml").write_text("- intent: shop.nothing\n  ask:\n    - x\n")
    with pytest.raises(UsageError, match="not published"):
        shop.publish()


def test_the_same_files_are_not_published_twice_unless_asked(shop: Shop) -> None:
    shop.publish("From nine to six.")
    with pytest.raises(UsageError, match="version 1 holds the same files already; --again"):
        shop.publish()
    assert shop.publish(again=True).manifest.version == 2


def test_nothing_is_published_into_a_rollout_or_for_another_pack(shop: Shop) -> None:
    shop.publish("From nine to six.")
    channel = shop.to.channel()
    assert channel is not None
    going = Rollout(2, channel.manifest, "running", 0, (1, WHOLE), shop.now)
    shop.to.write_channel(renewed(replace(channel, rollout=going), shop.now, 9))
    with pytest.raises(UsageError, match="version 2 is being rolled out"):
        shop.publish("From ten to seven.")
    shop.to.write_channel(renewed(replace(channel, name="other"), shop.now, 9))
    with pytest.raises(UsageError, match="publishes the pack 'other', not 'toy'"):
        shop.publish("From ten to seven.")


def test_what_another_key_signed_is_not_gone_on_with(shop: Shop) -> None:
    shop.publish("From nine to six.")
    make_key(shop.home / "new")
    alone = publication(shop.folder, [shop.home / "new"])
    with pytest.raises(UsageError, match=r"signed by another key; .*--answers-key"):
        publish(shop.pack, alone, shop.now, again=True)
    both = publication(shop.folder, [shop.home / "new"], [shop.home / "key.pub"])
    assert publish(shop.pack, both, shop.now, again=True).manifest.version == 2


def test_a_file_that_was_cut_short_is_written_anew(shop: Shop) -> None:
    made = shop.publish("From nine to six.").manifest
    for path in (shop.folder / "files").rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    again = shop.publish(again=True)
    assert again.fresh == len({file.sha256 for file in made.files})


def test_a_folder_that_cannot_be_written_is_named(shop: Shop) -> None:
    shop.folder.write_text("a file")
    with pytest.raises(UsageError, match=r"published.* cannot be written"):
        shop.publish("From nine to six.")


def test_the_commands_by_hand(shop: Shop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop.home)
    assert run(["pack", "keygen", "mine"]) == 0
    assert run(["pack", "publish", "toy", "--to", "out", "--key", "mine"]) == 0
    assert "version 1 of toy is published in out" in capsys.readouterr().out
    assert run(["pack", "verify", "out", "--answers-key", "mine.pub"]) == 0
    assert "all as listed" in capsys.readouterr().out
    assert run(["pack", "fetch", "out", "--answers-key", "mine.pub", "--to", "here"]) == 0
    assert capsys.readouterr().out == "version 1 is in here/current\n"
    assert run(["ask", "--pack", "here/current", "opening hours"]) == 0
    assert run(["pack", "fetch", "out", "--answers-key", "key.pub", "--to", "here"]) == 1
    assert "refused: channel.signed is signed by none of the keys" in capsys.readouterr().err
    file = next(path for path in (shop.home / "out" / "files").rglob("*") if path.is_file())
    file.write_bytes(b"x")
    assert run(["pack", "verify", "out", "--answers-key", "mine.pub"]) == 1
    assert "is not what its manifest lists" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pack", "keygen", "key"], "never written over"),
        (["pack", "publish", "toy", "--to", "out", "--key", "none"], "none cannot be read: no such file"),
        (["pack", "publish", "nowhere", "--to", "out", "--key", "key"], "no such pack"),
        (["pack", "fetch", "out", "--answers-key", "key", "--to", "x"], "holds a private key"),
        (["pack", "fetch", "out", "--answers-key", "key.pub", "--to", "x", "--stand", "A b"], "no name of a stand"),
        (["pack", "fetch", "ftp://x/y", "--answers-key", "key.pub", "--to", "x"], "over https"),
        (["pack", "fetch", "http://example.org/y", "--answers-key", "key.pub", "--to", "x"], "use https"),
        (["pack", "verify", "https://me:word@example.org/y", "--answers-key", "key.pub"], "holds a user"),
        (["kiosk", "--answers-from", "out"], "needs the key"),
        (["kiosk", "--answers-key", "key.pub"], "--answers-key goes with --answers-from"),
        (["kiosk", "--answers-from", "out", "--answers-key", "key.pub", "--pack", "toy"], "one of them"),
        (["serve", "--allow-rollback"], "--allow-rollback goes with --answers-from"),
        (["serve", "--answers-from", "out", "--answers-key", "key.pub"], "no answers were fetched yet, and none can"),
    ],
)
def test_wrong_use_is_said_in_a_line(
    shop: Shop,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(shop.home)
    monkeypatch.setenv("XDG_STATE_HOME", str(shop.home / "state"))
    assert run(arguments) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert not os.path.lexists("out")
