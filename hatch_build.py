"""Puts the bundled pack and its prebuilt index into the wheel; keeps what git does not track out of the sdist."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Iterator

PACK = (
    *("pack.yaml", "logo.png", "intents/*.yaml", "intents/calibration.json", "answers/*.yaml", "tables/*"),
    *("intents/*/*.yaml", "intents/*/calibration.json", "answers/*/*.yaml"),  # in further languages
    *("tests/cases/**/*.yaml", "tests/baseline.jsonl"),  # what `test`, `coverage`, `robustness` and `diff` need of it
)


class PackHook(BuildHookInterface):  # type: ignore[type-arg]  # generic in newer versions of hatchling only
    """A hook for both targets; an editable install finds the pack at the repository root instead."""

    PLUGIN_NAME = "custom"
    _made: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the pack and the index to the wheel; restrict the sdist to the files that git tracks.

        Args:
            version: `standard` or `editable`.
            build_data: What hatchling reads back.
        """
        root = Path(self.root)
        if self.target_name == "sdist":
            tracked = _tracked(root)
            if tracked:
                self.build_config.target_config["only-include"] = tracked
            return
        if version == "editable":
            return
        with _our_modules(root):
            from dimchat.index import build_index  # noqa: PLC0415 - it is not importable before
        self._made = Path(tempfile.mkdtemp(prefix="dimchat-index-"))
        index = self._made / "pack.index"
        build_index(root, index)
        include = build_data["force_include"]
        include[str(index)] = "dimchat/_index/pack.index"
        for pattern in PACK:
            for path in sorted(root.glob(pattern)):
                include[str(path)] = f"dimchat/_pack/{path.relative_to(root).as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was made for the wheel."""
        if self._made is not None:
            shutil.rmtree(self._made, ignore_errors=True)


@contextmanager
def _our_modules(root: Path) -> Iterator[None]:
    """Let the modules of the source be found for a while."""
    sys.path.insert(0, str(root / "src"))
    try:
        yield
    finally:
        sys.path.pop(0)


def _tracked(root: Path) -> list[str]:
    """Return the files that git tracks; none outside a checkout, such as in an unpacked sdist."""
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return []
    with _our_modules(root):
        from dimchat.files import python  # noqa: PLC0415 - as above
    listed = subprocess.run(  # noqa: S603 - fixed words
        [git, "-C", str(root), "ls-files", "-z"],
        env=python.environment(),  # another GIT_DIR would list another repository
        cwd=python.FOLDER,
        capture_output=True,
        check=True,
    )
    return [name for name in map(os.fsdecode, listed.stdout.split(b"\0")) if name and (root / name).exists()]
