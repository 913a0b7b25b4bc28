"""The stand on the screen: one process, one visitor.

`app` goes from the attract screen (`attract`) to the reset; `home` is the visit, `stage` the part of it that changes,
`touch` what can be touched, `source` a source with its QR code, `staff` the PIN and the staff's menu. The parent that
starts these processes one after the other is `dimchat.kiosk`; what both say to each other is `dimchat.visit`.
"""

from __future__ import annotations

from dimchat.apps.stand.app import KioskApp, run_once, run_visitor

__all__ = ["KioskApp", "run_once", "run_visitor"]
