"""The headers that every answer of the server carries, and the content policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

WIDGET: Final = "/widget/"
"""Begins the addresses of what the pages of named sites may show in a frame; below it all is as below `/`."""
SECURITY: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), display-capture=(), "
        "clipboard-read=(), clipboard-write=(self)"
    ),
    "Server": "dimchat",  # the version of Python is nobody's business
}
NOT_KEPT: Final = "no-store"
"""For pages: a browser that kept one could show a visitor's screen again by its back button."""
CHECKED: Final = "no-cache"
"""For files: kept, but asked for again, so that a new version is seen at once."""
TOLD: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""The policy of a page that says one thing."""
NOTHING: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The policy of what is no page of ours."""
NO_PAGE: Final = {"Content-Security-Policy": NOTHING, "Cache-Control": NOT_KEPT}
"""What else an answer carries that is no page."""


def terminal_policy(nonce: str, websocket: str | None) -> str:
    """Return the policy of a page with a terminal.

    Args:
        nonce: What marks the style elements that xterm.js adds while it runs. Nothing else may be inline but attributes
            of style: without WebGL, as on a machine with a weak graphics card, xterm.js colours each word by one.
        websocket: The origin of the websocket, for browsers whose 'self' does not cover it.
    """
    connect = "'self'" + (f" {websocket}" if websocket else "")
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
        "style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self'; "
        f"connect-src {connect}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'"
    )


def page(websocket: str | None) -> dict[str, str]:
    """Return what a page of a conversation carries besides: it may send forms, to us alone.

    Its addresses go nowhere else; to us they do, or the browser would not say where a form comes from.

    Args:
        websocket: The origin of the websocket, for browsers whose 'self' does not cover it.
    """
    connect = "'self'" + (f" {websocket}" if websocket else "")
    policy = TOLD.replace("connect-src 'self'", f"connect-src {connect}").replace(
        "form-action 'none'", "form-action 'self'"
    )
    return {"Content-Security-Policy": policy, "Referrer-Policy": "same-origin", "Cache-Control": NOT_KEPT}


def let_frame(carried: MutableMapping[str, str], path: str, origins: Sequence[str]) -> None:
    """Let the pages of named sites, and nobody else's, show an answer in a frame.

    Args:
        carried: The headers of the answer, with its policy.
        path: Of the request: only what is below `WIDGET` may be shown.
        origins: The sites.
    """
    if origins and path.startswith(WIDGET):
        policy = carried["Content-Security-Policy"]
        carried["Content-Security-Policy"] = policy.replace(
            "frame-ancestors 'none'", f"frame-ancestors {' '.join(origins)}"
        )
        carried.pop("X-Frame-Options", None)  # it knows no names
