from __future__ import annotations

import sys

import pytest

from dimchat.cli import run


@pytest.mark.parametrize("options", [[], ["--once"]])
def test_a_missing_extra_is_said_before_anything_starts(
    options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    monkeypatch.setattr("dimchat.kiosk.extra.find_spec", lambda _: None)
    assert run(["kiosk", *options]) == 2
    assert "pip install 'dimchat[kiosk]'" in capsys.readouterr().err
