"""A pack and its matcher together, prebuilt where that can be."""

from __future__ import annotations

from dimchat.index.prebuilt import build_index, open_assistant, open_pack
from dimchat.index.tuning import calibrate_pack, tune, tune_if_small, write_calibration

__all__ = ["build_index", "calibrate_pack", "open_assistant", "open_pack", "tune", "tune_if_small", "write_calibration"]
