"""A server of PostgreSQL of our own, for benchmarks and tests: made, started, stopped and killed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

FAST = ("fsync=off", "full_page_writes=off", "autovacuum=off", "jit=off")
"""Settings for tests that kill no server."""


def tool(name: str) -> str | None:
    """A program of PostgreSQL's server, which Debian keeps off the path."""
    found = [shutil.which(name), *map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True))]
    return next((each for each in found if each), None)


def missing() -> str | None:
    """Why there can be no server here, or None."""
    if tool("initdb") is None or tool("pg_ctl") is None:
        return "no PostgreSQL is installed here (initdb, pg_ctl)"
    if os.geteuid() == 0 and (shutil.which("setpriv") is None or not _has_user("postgres")):
        return "PostgreSQL refuses to run as root, and there is no user postgres to run it as"
    return None


def _has_user(name: str) -> bool:
    return any(user.pw_name == name for user in pwd.getpwall())


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Server:
    """A server of PostgreSQL of our own, in a folder of its own, on a free port of this machine."""

    folder: Path
    settings: tuple[str, ...] = FAST
    port: int = field(default_factory=free_port)

    def run(self, *command: str) -> None:
        """Run a program of PostgreSQL as a user whom it accepts."""
        as_user = ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups") if os.geteuid() == 0 else ()
        whole = [*as_user, *command]
        done = subprocess.run(whole, capture_output=True, text=True, check=False, cwd="/", timeout=120)  # noqa: S603
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)

    @property
    def data(self) -> Path:
        """Return the folder of the cluster."""
        return self.folder / "data"

    def make(self) -> None:
        """Make the folder and the cluster."""
        self.folder.mkdir(mode=0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.run(str(tool("initdb")), "-D", str(self.data), "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync")
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(f"port={self.port}\nlisten_addresses='127.0.0.1'\nunix_socket_directories=''\n")
            file.write("\n".join(self.settings) + "\n")

    def start(self) -> None:
        """Start, and wait until it answers."""
        self.run(
            str(tool("pg_ctl")), "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-s", "-t", "60", "start"
        )

    def stop(self, mode: str = "fast") -> None:
        """Stop, as `pg_ctl stop -m MODE` does."""
        self.run(str(tool("pg_ctl")), "-D", str(self.data), "-w", "-s", "-m", mode, "stop")

    def kill(self) -> None:
        """Kill every process of the server at once, as a power cut does."""
        first = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for number in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def address(self, name: str, user: str = "owner") -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}"

    def execute(self, statement: str, name: str = "postgres", user: str = "owner") -> list[Any]:
        """Execute a statement on a connection of its own, and return its rows."""
        with psycopg.connect(self.address(name, user), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def served(*settings: str) -> Iterator[Server]:
    """A running server, in a folder of the system's that goes with it: another user has no way through pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="dimchat-postgresql-"))
    folder.chmod(0o755)
    server = Server(folder / "server", settings)
    try:
        server.make()
        server.start()
        yield server
        server.stop("immediate")
    finally:
        shutil.rmtree(folder)
