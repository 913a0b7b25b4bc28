"""The shipped nginx examples, on loopback, with a certificate of their own."""

from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
import subprocess
from contextlib import asynccontextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.web.conftest import Serving

DEPLOY = Path(__file__).resolve().parents[2] / "deploy" / "nginx"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NAME = "www.example.org"

pytestmark = [
    pytest.mark.skipif(NGINX is None, reason="needs nginx (on Debian: apt install nginx-light)"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl for a certificate"),
    pytest.mark.filterwarnings("ignore:unclosed transport:ResourceWarning"),  # a handed-over connection
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def proxied(folder: Path, example: str, servers: dict[str, int]) -> AsyncIterator[aiohttp.ClientSession]:
    """Run nginx with an example, its addresses and certificate changed to ours, and visit it."""
    port = free_port()
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    certify(certificate, key)
    text = (DEPLOY / example).read_text()
    changes = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        f"/etc/ssl/certs/{NAME}.pem": str(certificate),
        f"/etc/ssl/private/{NAME}.key": str(key),
        **{address: f"127.0.0.1:{number}" for address, number in servers.items()},
    }
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    temporary = "".join(
        f"{kind}_temp_path {folder};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
        f"http {{ access_log off;\n{temporary}{text}\n}}\n"
    )
    command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    nginx = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
    try:
        async with asyncio.timeout(20):
            while not listens(port):
                assert nginx.returncode is None, (folder / "errors").read_text()
                await asyncio.sleep(0.05)
        resolver = Here()
        trusted = ssl.create_default_context(cafile=str(certificate))
        connector = aiohttp.TCPConnector(resolver=resolver, ssl=trusted)
        async with aiohttp.ClientSession(f"https://{NAME}:{port}", connector=connector) as client:
            yield client
    finally:
        if nginx.returncode is None:
            nginx.terminate()
        await nginx.wait()


def certify(certificate: Path, key: Path) -> None:
    """Write a certificate for the name that vouches for itself."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    options = ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *options], check=True, capture_output=True)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Here(aiohttp.abc.AbstractResolver):
    """Finds every name on this machine."""

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_INET) -> list[Any]:
        found = {"hostname": host, "host": "127.0.0.1", "port": port, "family": family, "proto": 0}
        return [{**found, "flags": socket.AI_NUMERICHOST}]

    async def close(self) -> None:
        pass


ORIGIN = {"Origin": f"https://{NAME}"}


@pytest.mark.usefixtures("indexed")
async def test_below_a_path_pages_files_and_conversations_come_through(serving: Serving, tmp_path: Path) -> None:
    async with (
        serving(public_url=f"https://{NAME}/dimchat") as site,
        proxied(tmp_path, "dimchat.conf", {"127.0.0.1:8000": site.test.port or 0}) as client,
    ):
        async with client.get("/dimchat") as answer:
            assert str(answer.url).endswith("/dimchat/")
            assert answer.status == 200
            page = await answer.text()
            policy = answer.headers["Content-Security-Policy"]
        assert f"wss://{NAME}" in policy
        assert 'src="static/own/page.js"' in page
        async with client.get("/dimchat/static/own/page.js") as answer:
            assert answer.status == 200
        async with client.get("/dimchat/healthz") as answer:
            assert answer.status == 404
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await client.ws_connect("/dimchat/ws", headers={"Origin": "https://evil.example"})
        async with client.ws_connect("/dimchat/ws?width=100&height=30", headers=ORIGIN) as websocket:
            await site.seen(websocket, "Ask me about")
            await websocket.send_json(["stdin", "what degree do I need\r"])
            await site.seen(websocket, "bachelor")
        await site.until_empty()


@pytest.mark.usefixtures("doorkeepers")
async def test_who_visits_is_what_nginx_says_and_not_what_a_visitor_says(serving: Serving, tmp_path: Path) -> None:
    options = {"sessions_per_address": 1, "proxies": (ip_network("127.0.0.1"),)}
    async with (
        serving(public_url=f"https://{NAME}/dimchat", **options) as site,
        proxied(tmp_path, "dimchat.conf", {"127.0.0.1:8000": site.test.port or 0}) as client,
    ):
        site.server.places.take("127.0.0.1")  # nginx's visitor here has nginx's own address
        for sent in ({}, {"X-Forwarded-For": "203.0.113.7"}, {"Forwarded": "for=203.0.113.7"}):
            async with client.get("/dimchat/", headers=sent) as answer:
                assert answer.status == 429
        site.server.places.leave("127.0.0.1")


def size_of(page: str) -> str:
    """Return the size of the text, by which the two machines are told apart."""
    return page.partition('data-font-size="')[2].partition('"')[0]


@pytest.mark.usefixtures("doorkeepers")
async def test_two_machines_share_the_visitors_and_each_visitor_stays_with_one(
    serving: Serving, tmp_path: Path
) -> None:
    public = f"https://{NAME}"
    async with serving(public_url=public, font_size=20) as one, serving(public_url=public, font_size=30) as two:
        machines = {"10.0.0.11:8000": one.test.port or 0, "10.0.0.12:8000": two.test.port or 0}
        async with proxied(tmp_path, "balanced.conf", machines) as client:
            met: dict[str, set[str]] = {}
            for _ in range(20):
                client.cookie_jar.clear()
                async with client.get("/") as answer:
                    cookie = answer.cookies["dimchat"].value
                    met[cookie] = {size_of(await answer.text())}
                for _ in range(3):
                    async with client.get("/", headers={"Cookie": f"dimchat={cookie}"}) as answer:
                        met[cookie].add(size_of(await answer.text()))
            assert len(met) == 20, "each visitor gets a cookie of their own"
            assert all(len(sizes) == 1 for sizes in met.values()), "a visitor stays with one machine"
            assert set.union(*met.values()) == {"20", "30"}, "both machines have visitors"
            await two.test.close()
            for cookie in met:
                async with client.get("/", headers={"Cookie": f"dimchat={cookie}"}) as answer:
                    assert size_of(await answer.text()) == "20", "the other machine takes over"


@pytest.mark.usefixtures("indexed")
async def test_a_conversation_goes_to_the_machine_of_its_page(serving: Serving, tmp_path: Path) -> None:
    public = f"https://{NAME}"
    async with serving(public_url=public, font_size=20) as one, serving(public_url=public, font_size=30) as two:
        machines = {"10.0.0.11:8000": one.test.port or 0, "10.0.0.12:8000": two.test.port or 0}
        async with proxied(tmp_path, "balanced.conf", machines) as client:
            async with client.get("/") as answer:
                headers = {**ORIGIN, "Cookie": f"dimchat={answer.cookies['dimchat'].value}"}
                site, other = (one, two) if size_of(await answer.text()) == "20" else (two, one)
            async with client.ws_connect("/ws?width=100&height=30", headers=headers) as websocket:
                await site.seen(websocket, "Ask me about")
                assert site.sessions == 1
                assert other.sessions == 0
