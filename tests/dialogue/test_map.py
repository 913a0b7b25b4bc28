from __future__ import annotations

import doctest
from pathlib import Path

DEVELOPMENT = Path(__file__).parents[2] / "docs" / "development.md"


def test_worked_question_of_the_docs_has_the_real_values() -> None:
    found = doctest.testfile(str(DEVELOPMENT), module_relative=False, encoding="utf-8")
    assert found.attempted > 8
    assert found.failed == 0
