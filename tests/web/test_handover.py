from __future__ import annotations

import socket

from hypothesis import given
from hypothesis import strategies as st

from dimchat.web.handover import Handover, hand_over, take_over

HANDOVER = Handover(900.0, 840.0, {"Host": "localhost", "Upgrade": "websocket"}, 100, 30)


def test_a_connection_and_a_channel_go_from_one_process_to_another() -> None:
    here, there = socket.socketpair()
    visitor, connection = socket.socketpair()
    server, channel = socket.socketpair()
    with here, there, visitor, server:
        with connection, channel:
            hand_over(here, HANDOVER, connection.fileno(), channel.fileno())
        taken = take_over(there)
        assert taken is not None
        handover, received, own = taken
        with received, own:
            assert handover == HANDOVER
            received.send(b"hello")
            assert visitor.recv(10) == b"hello"
            server.send(b"!")
            assert own.recv(1) == b"!"


def test_a_closed_channel_means_that_nobody_comes() -> None:
    here, there = socket.socketpair()
    with there:
        here.close()
        assert take_over(there) is None


def test_the_request_reads_as_it_came() -> None:
    assert HANDOVER.request() == b"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n"


@given(st.dictionaries(st.just("Host"), st.text()))
def test_any_header_can_be_handed_over(headers: dict[str, str]) -> None:
    here, there = socket.socketpair()
    with here, there:
        hand_over(here, Handover(0.0, 0.0, headers), here.fileno(), here.fileno())
        taken = take_over(there)
        assert taken is not None
        taken[1].close()
        taken[2].close()
        assert taken[0].headers == headers
