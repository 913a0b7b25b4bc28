"""The kiosk on the screen: one process, one visitor."""

from __future__ import annotations

from dimchat.apps.stand.app import KioskApp, make_kiosk
from dimchat.apps.stand.start import run_once, run_visitor

__all__ = ["KioskApp", "make_kiosk", "run_once", "run_visitor"]
