"""The words of `dimchat serve` that the operator reads."""

from __future__ import annotations

SERVING = "dimchat serves {what} “{title}” at {url} (up to {sessions} at a time; ctrl+c ends it)"
SERVING_CHAT = "the chat"
SERVING_KIOSK = "the kiosk"
OPEN_TO_ALL = (
    "warning: {host} is no loopback address: whoever reaches this machine can start conversations here. There is no "
    "password and no encryption; put a proxy in front (docs/serve.md)"
)
NO_PUBLIC_URL = (
    "warning: without --public-url the page works under this machine's addresses and its own name only, "
    "not under another name or through a proxy"
)
STOPPED = "dimchat serve has ended"
BAD_PROXY = "--proxy {text!r} is no address and no network; it looks like 192.0.2.1 or {example}"
BAD_URL = "--public-url {url!r}: {problem}; it looks like https://www.example.org or https://www.example.org/dimchat"
BAD_URL_SCHEME = "it begins with neither http:// nor https://"
BAD_URL_HOST = "it names no host"
BAD_URL_PORT = "its port is no number from 1 to 65535"
BAD_URL_EXTRAS = "it holds a user, a query or a fragment"
BAD_URL_SIGNS = "it holds blanks or signs that no address has"
PORT_TAKEN = "port {port} on {host} is taken; choose another with --port, or 0 for any free one"
PORT_FORBIDDEN = "port {port} needs more rights; choose one from 1024 up and put a proxy in front (docs/serve.md)"
HOST_UNKNOWN = "--host {host!r} is no address of this machine"
CANNOT_LISTEN = "cannot listen on {host} port {port}: {reason}"
CANNOT_START = "a conversation cannot be started here: its process ended with {status} before it was ready"
LOG_FAULT = "dimchat serve: {fault}"
LOG_CHILD = "a conversation's process ended by a fault"
LOG_NURSERY = "the process that conversations come from ended with {status}; another is started"
CANNOT_BEGIN = "no process for a conversation could be had"
LOG_STUCK = "a conversation's process did not end and was killed"
LOG_SILENT = "a conversation's process gave no sign of life for {seconds:g} seconds and was killed"
LOG_CROWDED = (
    "one address has as many conversations as it may have, and a proxy hands it on that is not named: "
    "name it with --proxy, so that its visitors are told apart (docs/serve.md)"
)
LOG_PACK_BAD = "the files of the pack do not pass their check; visitors have the last one that did: {why}"
PACK_GOOD = "the files of the pack are in order again"
PACK_TAKEN = "the changed pack passed its check; the next visitor gets it"
LOG_LOST = "{count} rows of a conversation could not be kept in the journal"
NO_UNIX = "dimchat serve needs a Unix system (Linux, macOS, or WSL on Windows)"
