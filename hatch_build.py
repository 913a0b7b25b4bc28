"""Puts the bundled pack and its prebuilt index into the wheel."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACK = ("pack.yaml", "intents", "answers")


class PackHook(BuildHookInterface):  # type: ignore[type-arg]  # generic in newer versions of hatchling only
    """A hook for the wheel; an editable install finds the pack at the repository root instead."""

    PLUGIN_NAME = "custom"
    _made: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the pack and the index to what the wheel holds.

        Args:
            version: `standard` or `editable`.
            build_data: What hatchling reads back.
        """
        if version == "editable" or self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from dimchat.store import build_index  # noqa: PLC0415 - it is not importable before
        finally:
            sys.path.pop(0)
        self._made = Path(tempfile.mkdtemp(prefix="dimchat-index-"))
        index = self._made / "pack.index"
        build_index(root, index)
        include = build_data["force_include"]
        include[str(index)] = "dimchat/_index/pack.index"
        for name in PACK:
            include[str(root / name)] = f"dimchat/_pack/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was made for the wheel."""
        if self._made is not None:
            shutil.rmtree(self._made, ignore_errors=True)
