from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from dimchat.index import prebuilt
from dimchat.pack import fingerprint

pytest.importorskip("hatchling")
ROOT = Path(__file__).parents[2]


def hook(target: str) -> Any:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PackHook(str(ROOT), {}, None, None, "", target)


def test_an_editable_install_carries_no_pack() -> None:
    data: dict[str, Any] = {"force_include": {}}
    hook("wheel").initialize("editable", data)
    assert data["force_include"] == {}


PARTS = {"answers", "intents", "tables"}


@pytest.mark.slow
def test_a_wheel_carries_the_pack_and_an_index_that_fits() -> None:
    one = hook("wheel")
    data: dict[str, Any] = {"force_include": {}}
    one.initialize("standard", data)
    places = {target: Path(source) for source, target in data["force_include"].items()}
    built = places.pop("dimchat/_index/pack.index")
    try:
        pack, matcher, *_ = prebuilt.from_bytes(built.read_bytes(), fingerprint(ROOT), ROOT)
        assert set(pack.intent) < set(matcher.intents)
        wanted = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("*s/*.yaml") if path.parent.name in PARTS}
        wanted |= {path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/cases/*.yaml")}
        wanted |= {"pack.yaml", "tests/baseline.jsonl"}
        assert {f"dimchat/_pack/{name}" for name in wanted} <= set(places)
    finally:
        one.finalize("standard", data, "")
    assert not built.exists()
