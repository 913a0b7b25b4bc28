"""Keys and signed documents, well and ill."""

from __future__ import annotations

import base64
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from dimchat.errors import UsageError
from dimchat.release.refusal import RefusedError
from dimchat.release.signing import key_id, make_key, opened, private_key, sign, trusted_keys

if TYPE_CHECKING:
    from pathlib import Path

KEY, OTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
TRUSTED = {key_id(KEY.public_key()): KEY.public_key()}


def test_a_new_key_is_for_its_owner_alone_and_fits_its_public_key(tmp_path: Path) -> None:
    made = make_key(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert list(trusted_keys([tmp_path / "key.pub"])) == [made]
    assert key_id(private_key(tmp_path / "key").public_key()) == made


@pytest.mark.parametrize("name", ["key", "key.pub"])
def test_no_key_is_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(UsageError, match="never written over"):
        make_key(tmp_path / "key")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_private_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    make_key(tmp_path / "key")
    (tmp_path / "key").chmod(mode)
    with pytest.raises(UsageError, match=f"0{mode:o}.*chmod 600"):
        private_key(tmp_path / "key")


def private(file: Path, key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey, password: bytes = b"") -> Path:
    locked = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    file.touch(mode=0o600)
    file.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked))
    return file


def test_what_is_no_private_key_of_ours_is_named(tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.touch(mode=0o600)
    text.write_text("no key")
    for file, said in (
        (text, "no private Ed25519 key"),
        (private(tmp_path / "curve", ec.generate_private_key(ec.SECP256R1())), "no private Ed25519 key"),
        (private(tmp_path / "locked", KEY, b"secret"), "locked with a passphrase"),
        (tmp_path / "none", "no such file"),
        (tmp_path, "not a regular file|is a directory"),
    ):
        with pytest.raises(UsageError, match=said):
            private_key(file)


def test_a_stand_is_not_given_the_private_key(tmp_path: Path) -> None:
    make_key(tmp_path / "key")
    with pytest.raises(UsageError, match=r"holds a private key; stands get the public one, .*key\.pub"):
        trusted_keys([tmp_path / "key"])


def test_two_keys_are_valid_at_once_and_no_more(tmp_path: Path) -> None:
    for name in "abc":
        make_key(tmp_path / name)
    files = [tmp_path / f"{name}.pub" for name in "abc"]
    assert len(trusted_keys(files[:2])) == 2
    assert len(trusted_keys([files[0], files[0], files[1]])) == 2, "the same one twice is one"
    with pytest.raises(UsageError, match="3 keys"):
        trusted_keys(files)
    with pytest.raises(UsageError, match="--answers-key"):
        trusted_keys([])


def test_openssl_reads_the_keys_and_verifies_the_signature(tmp_path: Path) -> None:
    make_key(tmp_path / "key")
    document = sign("channel", b"{}\n", [private_key(tmp_path / "key")])
    first, line = document.splitlines(keepends=True)[:2]
    (tmp_path / "said").write_bytes(first + b"{}\n")
    (tmp_path / "signature").write_bytes(base64.b64decode(line.split()[2]))
    command = "openssl pkeyutl -verify -pubin -inkey key.pub -rawin -in said -sigfile signature"
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_one_right_signature_of_several_is_enough() -> None:
    document = sign("channel", b"{}\n", [OTHER, KEY])
    assert opened("channel", document, TRUSTED, "it") == (b"{}\n", next(iter(TRUSTED)))


@given(st.binary(max_size=60))
def test_any_bytes_come_back_as_they_were_signed(said: bytes) -> None:
    assert opened("manifest", sign("manifest", said, [KEY]), TRUSTED, "it")[0] == said


@given(st.data())
def test_a_document_with_any_byte_changed_is_refused(data: st.DataObject) -> None:
    document = bytearray(sign("channel", b'{"version":1}\n', [KEY]))
    at = data.draw(st.integers(0, len(document) - 1))
    document[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(RefusedError) as caught:
        opened("channel", bytes(document), TRUSTED, "it")
    assert caught.value.kind == "signature"


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"{}",
        sign("manifest", b"{}\n", [KEY]),
        sign("channel", b"{}\n", [OTHER]),
        sign("channel", b"{}\n", []),
        sign("channel", b"{}\n", [KEY] * 5),
        sign("channel", b"{}\n", [KEY])[:-1],
        sign("channel", b"{}\n", [KEY]) + b" ",
        sign("manifest", b"{}\n", [KEY]).replace(b" manifest", b" channel"),
    ],
    ids=["nothing", "unsigned", "kind", "stranger", "none", "many", "short", "long", "kind-swapped"],
)
def test_what_is_not_signed_as_it_must_be_is_refused_before_it_is_read(document: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        opened("channel", document, TRUSTED, "it")
    assert caught.value.kind == "signature"
