"""Who reaches the fleet's database, over what, and that no password is seen anywhere."""

from __future__ import annotations

import logging
import shutil
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.errors import JournalError
from dimchat.journal import Fleet, Switch
from dimchat.journal.fleet import sending
from dimchat.journal.fleet.database import database_at
from dimchat.journal.fleet.sending import SendingProcess, arguments

from .postgres import FAST, Server, missing, served

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "n0t-to-be-seen"  # noqa: S105 - a marker
FAR = "postgresql://stand@db.example.org/dimchat"


def test_another_machine_is_asked_for_a_certificate_of_its_name() -> None:
    assert database_at(FAR).parameters["sslmode"] == "verify-full"
    assert "sslmode" not in database_at("postgresql://stand@127.0.0.1:5433/dimchat").parameters
    assert "sslmode" not in database_at("postgresql://stand@/dimchat?host=/run/postgresql").parameters
    assert database_at(FAR + "?sslmode=require").parameters["sslmode"] == "require"
    assert database_at("postgresql://s@127.0.0.1,db.example.org/d").parameters["sslmode"] == "verify-full"


@pytest.mark.parametrize("mode", ["allow", "prefer"])
def test_a_mode_that_may_speak_in_the_clear_without_saying_so_is_refused(mode: str) -> None:
    with pytest.raises(JournalError, match=f"sslmode={mode} does not say"):
        database_at(f"{FAR}?sslmode={mode}")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"postgresql://stand:{SECRET}@db/dimchat", "take it out"),
        (f"postgresql://stand@db/dimchat?password={SECRET}", "take it out"),
        (f"postgresql://stand:{SECRET}%zz@db/dimchat", "cannot be read"),
        (f"postgresql://stand:{SECRET}@db:port/dimchat", "take it out|cannot be read"),
        (f"postgresql://stand:a/{SECRET}@db/dimchat", "take it out|cannot be read"),
        (f"host=db password={SECRET}", "no address of a database"),
        ("postgresql://stand@/dimchat", "names its host"),
        ("postgresql://stand@db", "names its host"),
        ("postgresql://stand@db/dimchat?options=-c%20x%3Dy", "no options"),
        ("mysql://db/dimchat", "no address of a database"),
    ],
)
def test_an_address_that_will_not_do_is_refused_and_not_repeated(
    address: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(JournalError, match=said) as caught:
        database_at(address)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert run(["fleet", "init", address]) == 2
    out = capsys.readouterr()
    assert SECRET not in out.out + out.err


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_whatever_is_given_for_an_address_gets_one_line(text: str) -> None:
    for address in (text, f"postgresql://{text}", f"postgresql://u:{SECRET}{text}@h/d", f"postgresql://u@h/d?{text}"):
        try:
            database_at(address)
        except JournalError as error:
            assert SECRET not in str(error)  # noqa: PT017 - most of them are refused, and some are right


def test_the_file_of_a_password_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{SECRET}\n")
    file.chmod(0o640)
    with pytest.raises(JournalError, match="others may read it: chmod 600") as caught:
        database_at(FAR, file)
    file.chmod(0o600)
    database = database_at(FAR, file)
    assert database.password == SECRET
    assert SECRET not in repr(database) + str(database) + str(caught.value)
    file.write_text("\n")
    with pytest.raises(JournalError, match="holds no password"):
        database_at(FAR, file)
    with pytest.raises(JournalError, match="cannot be read: no such file"):
        database_at(FAR, tmp_path / "none")


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate that signs itself, for a name, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(1))
        .not_valid_after(now + timedelta(1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "server.crt", folder / "server.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    return files


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server that asks for passwords and speaks TLS alone as localhost, and its certificate."""
    if reason := missing():
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("guarded")
    shown, key = certificate(folder, "localhost")
    with served(*FAST) as server:
        for file in (shown, key):
            copy = Path(shutil.copy(file, server.data / file.name))
            shutil.chown(copy, server.data.stat().st_uid, server.data.stat().st_gid)
            copy.chmod(0o600)
        server.execute("ALTER SYSTEM SET ssl = on")
        server.execute(f"CREATE ROLE lobby LOGIN PASSWORD '{SECRET}'")
        rules = server.data / "pg_hba.conf"
        rules.write_text("hostssl all lobby 127.0.0.1/32 scram-sha-256\nhost all owner 127.0.0.1/32 trust\n")
        server.execute("SELECT pg_reload_conf()")
        yield server, shown


def at(server: Server, shown: Path, host: str = "localhost") -> str:
    return f"postgresql://lobby@{host}:{server.port}/postgres?sslmode=verify-full&sslrootcert={shown}"


def test_over_tls_with_a_password_from_a_file_or_the_environment(
    guarded: tuple[Server, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "password"
    file.write_text(SECRET)
    file.chmod(0o600)
    tls = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    with database_at(at(*guarded), file).connect() as connection:
        assert connection.execute(tls).fetchall() == [(True,)]
    monkeypatch.setenv("PGPASSWORD", SECRET)
    with database_at(at(*guarded)).connect() as connection:
        assert connection.execute(tls).fetchall() == [(True,)]


def test_no_error_shows_a_password(
    guarded: tuple[Server, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    server, shown = guarded
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "password"
    file.write_text(f"{SECRET} but wrong")
    file.chmod(0o600)
    addresses = (
        at(server, shown),
        at(server, shown, "127.0.0.1"),
        at(server, shown).replace(str(server.port), "1"),
        at(server, shown).replace("lobby", "nobody"),
        at(server, shown).replace("postgres?", "none?"),
    )
    monkeypatch.setenv("PGPASSWORD", f"{SECRET} but wrong")
    for address in addresses:
        for held in (file, None):
            with pytest.raises(JournalError) as caught:
                database_at(address, held).connect()
            assert SECRET not in "".join(traceback.format_exception(caught.value, chain=True))
            assert "\n" not in str(caught.value)
    for command in (["fleet", "init"], ["insights", "--journal-url"], ["journal", "show", "--journal-url"]):
        assert run([*command, addresses[0], "--password-file", str(file)]) == 2
    out = capsys.readouterr()
    assert SECRET not in out.out + out.err + caplog.text
    assert "Traceback" not in out.err


def test_the_authorities_of_the_system_are_asked_where_none_is_named(
    guarded: tuple[Server, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, shown = guarded
    address = at(server, shown).partition("&sslrootcert")[0]
    with pytest.raises(JournalError, match="certificate verify failed"):
        database_at(address).connect()
    monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    monkeypatch.setenv("PGPASSWORD", SECRET)
    database_at(address).connect().close()


def test_a_certificate_for_another_name_is_refused(guarded: tuple[Server, Path], tmp_path: Path) -> None:
    server, shown = guarded
    with pytest.raises(JournalError, match="does not match host name"):
        database_at(at(server, shown, "127.0.0.1")).connect()
    (tmp_path / "other").mkdir()
    other, _ = certificate(tmp_path / "other", "localhost")
    with pytest.raises(JournalError, match="certificate verify failed"):
        database_at(at(server, other)).connect()


def test_a_server_in_the_clear_is_refused_where_tls_was_asked_for(server: Server) -> None:
    with pytest.raises(JournalError, match="does not support SSL"):
        database_at(server.address("postgres") + "?sslmode=require").connect()


def test_the_command_that_sends_names_a_file_and_no_password(tmp_path: Path) -> None:
    fleet = Fleet(FAR, "lobby", "north", str(tmp_path / "password"))
    switch = Switch("full", "sqlite:////tmp/outbox.db", fleet=fleet)
    assert Switch.from_json(switch.to_json()) == switch
    assert arguments(switch)[-1] == FAR
    assert SECRET not in " ".join(arguments(switch)) + switch.to_json()
    assert psycopg.__version__  # the stand's parent needs none of it


def test_what_it_says_of_failures_is_added_to_a_file_that_stays_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch = Switch("full", "sqlite:////tmp/outbox.db", fleet=Fleet(FAR, "lobby"))
    monkeypatch.setattr(sending, "LONGEST_LOG", 10)
    start = ["/bin/sh", "-c", "echo it is away >&2"]

    def said(log: Path) -> None:
        process = SendingProcess(switch, lambda: 0.0, log=log, start=start)
        process.turn()
        process.close()

    said(tmp_path / "kiosk" / "log")
    said(tmp_path / "kiosk" / "log")
    assert (tmp_path / "kiosk" / "log").read_text() == "it is away\n"
    (tmp_path / "file").touch()
    said(tmp_path / "file" / "log")  # there can be none: the rows are sent all the same


def test_what_sends_ends_with_its_parent_and_is_started_again(tmp_path: Path) -> None:
    switch = Switch("full", "sqlite:////tmp/outbox.db", fleet=Fleet(FAR, "lobby"))
    seen = tmp_path / "seen"
    time = 0.0
    process = SendingProcess(
        switch, lambda: time, start=["/bin/sh", "-c", f'echo "$PGPASSWORD" >> {seen}; cat; echo ended >> {seen}']
    )
    process.turn()
    process.close()
    assert seen.read_text().endswith("ended\n")
    time = 30.0
    process.turn()
    assert seen.read_text().count("ended") == 1
    time = 61.0
    process.turn()
    process.close()
    assert seen.read_text().count("ended") == 2
