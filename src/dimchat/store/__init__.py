"""A pack and its matcher together, prebuilt where that can be."""

from __future__ import annotations

from dimchat.store.index import build_index
from dimchat.store.opening import open_assistant, open_pack
from dimchat.store.tuning import calibrate_pack, tune, write_calibration

__all__ = ["build_index", "calibrate_pack", "open_assistant", "open_pack", "tune", "write_calibration"]
