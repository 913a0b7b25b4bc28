from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest

# pytester forgets what was imported within a run, and neither numpy nor the C half of yaml bears a second import.
import dimchat.regress.cases
import dimchat.regress.report
import dimchat.store.opening  # noqa: F401

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["pytester"]

PLUGIN = "dimchat.regress.pytest_plugin"
ROOMS = ("dimchat.pack", "dimchat.match", "dimchat.store", "dimchat.regress.cases", "numpy", "yaml")


@pytest.fixture
def project(pytester: pytest.Pytester, toy: Path) -> pytest.Pytester:
    """A project whose configuration names the cases of the toy pack."""
    toy.rename(pytester.path / "toy")
    configure(pytester, "dimchat_cases = toy/tests/cases")
    return pytester


def configure(pytester: pytest.Pytester, *settings: str) -> None:
    # In a checkout that was installed before the plugin was there, its entry point is missing.
    known = any(entry.value == PLUGIN for entry in entry_points(group="pytest11"))
    options = "--strict-markers --strict-config" + ("" if known else f" -p {PLUGIN}")
    fixed = ["[pytest]", f"addopts = {options}", "asyncio_default_fixture_loop_scope = function"]
    pytester.makeini("\n".join([*fixed, *settings]))


def cases(project: pytest.Pytester, text: str) -> None:
    (project.path / "toy" / "tests" / "cases" / "shop.yaml").write_text(text, encoding="utf-8")


def test_each_phrasing_is_an_item_with_its_place(project: pytest.Pytester) -> None:
    result = project.runpytest("-v")
    result.assert_outcomes(passed=5)
    result.stdout.fnmatch_lines(["toy/tests/cases/shop.yaml::5 until when are you open today PASSED*"])


def test_a_failure_says_what_a_curator_needs_and_hides_no_other(project: pytest.Pytester) -> None:
    cases(
        project, "- intent: shop.returns\n  ask:\n    - opening hours\n    - return policy\n    - closing time today\n"
    )
    result = project.runpytest("-rf")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        [
            "tests/cases/shop.yaml:3  opening hours",
            "  expected   shop.returns",
            '  replay     dimchat explain "opening hours"',
            "FAILED toy/tests/cases/shop.yaml::3 opening hours*",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_tags_are_marks_and_intents_keywords(project: pytest.Pytester) -> None:
    cases(
        project,
        "- intent: shop.hours\n  tags: [day-time]\n  ask:\n    - what are the hours\n"
        "- intent: shop.returns\n  ask:\n    - return policy\n",
    )
    project.runpytest("-m", "day_time").assert_outcomes(passed=1, deselected=1)
    project.runpytest("-k", "shop.returns").assert_outcomes(passed=1, deselected=1)


def test_an_expected_failure_is_one_and_a_pass_of_it_fails(project: pytest.Pytester) -> None:
    cases(
        project,
        "- intent: shop.returns\n  xfail: not yet\n  ask:\n    - opening hours\n"
        "- intent: shop.hours\n  xfail: not yet\n  ask:\n    - opening hours\n",
    )
    result = project.runpytest("-rx")
    result.assert_outcomes(xfailed=1, failed=1)
    result.stdout.fnmatch_lines(["*to fail: not yet*", "XFAIL *not yet*"])


def test_the_last_failures_can_be_run_again(project: pytest.Pytester) -> None:
    cases(project, "- intent: shop.returns\n  ask:\n    - opening hours\n    - return policy\n")
    project.runpytest().assert_outcomes(passed=1, failed=1)
    project.runpytest("--lf").assert_outcomes(failed=1)


def test_it_writes_junit_xml_with_the_text_of_the_failure(project: pytest.Pytester) -> None:
    cases(project, "- intent: shop.returns\n  ask:\n    - opening hours\n")
    project.runpytest("--junitxml=out.xml")
    text = (project.path / "out.xml").read_text(encoding="utf-8")
    assert "3 opening hours" in text
    assert "expected   shop.returns" in text


def test_the_items_can_be_shared_among_processes(project: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    project.runpytest_subprocess("-n", "2").assert_outcomes(passed=5)


def test_faulty_cases_are_an_error_of_their_file(project: pytest.Pytester) -> None:
    cases(project, "- intent: shop.hour\n  ask:\n    - x\n")
    result = project.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*unknown intent 'shop.hour', did you mean 'shop.hours'?*"])
    assert "Traceback" not in result.stdout.str()


def test_a_pack_that_is_not_there_is_said(project: pytest.Pytester) -> None:
    configure(project, "dimchat_cases = toy/tests/cases", "dimchat_pack = nowhere")
    result = project.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*nowhere*"])


def test_the_fixtures_give_the_pack_and_its_assistant(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_it(dimchat_pack, dimchat_assistant):
            assert dimchat_pack.name == "toy"
            assert dimchat_assistant.ask("return policy")[0].intents == ("shop.returns",)
        """
    )
    project.runpytest("-k", "test_it").assert_outcomes(passed=1, deselected=5)


def test_only_the_files_that_were_asked_for_are_run(project: pytest.Pytester) -> None:
    (project.path / "elsewhere").mkdir()
    project.makepyfile(**{"elsewhere/test_one": "def test_one(): pass"})
    project.runpytest("elsewhere").assert_outcomes(passed=1)


def test_it_costs_nothing_where_it_is_not_configured() -> None:
    code = f"import pytest, {PLUGIN}, sys; print(*[name for name in {ROOMS!r} if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == ""


def test_other_yaml_is_left_alone(project: pytest.Pytester) -> None:
    configure(project)
    project.makefile(".yaml", data="- x")
    project.makepyfile("def test_one(): pass")
    project.runpytest().assert_outcomes(passed=1)
