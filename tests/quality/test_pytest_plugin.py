from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["pytester"]

PLUGIN = "dimchat.quality.pytest_plugin"
ROOMS = ("dimchat.pack", "dimchat.match", "dimchat.index", "dimchat.quality.cases", "numpy", "yaml")


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
            '  replay     dimchat explain --pack toy "opening hours"',
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
    project.runpytest("-m", "tag.day-time").assert_outcomes(passed=1, deselected=1)
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


def test_an_expected_failure_is_what_pytest_calls_one(project: pytest.Pytester) -> None:
    cases(
        project,
        "- intent: shop.returns\n  xfail: not yet\n  ask:\n    - opening hours\n"
        "- intent: shop.hours\n  xfail: not yet\n  ask:\n    - opening hours\n"
        "- intent: shop.hours\n  tags: [xfail]\n  ask:\n    - what are the hours\n",
    )
    for without in (("--runxfail",), ("-p", "no:skipping")):
        project.runpytest(*without).assert_outcomes(failed=1, passed=2)
    project.runpytest("-m", "xfail").assert_outcomes(xfailed=1, failed=1, deselected=1)
    project.runpytest("-o", "xfail_strict=true").assert_outcomes(xfailed=1, failed=1, passed=1)
    if pytest.version_tuple >= (9,):
        project.runpytest("-o", "xfail_strict=false").assert_outcomes(xfailed=1, xpassed=1, passed=1)


def test_a_fault_of_ours_is_never_an_expected_failure(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases(project, "- intent: shop.returns\n  xfail: not yet\n  ask:\n    - opening hours\n")
    monkeypatch.setattr("dimchat.quality.runner.run_item", lambda *_: 1 // 0)
    project.runpytest().assert_outcomes(failed=1)


BUILT_IN = (
    *("skip", "skipif", "xfail", "parametrize", "usefixtures", "filterwarnings"),
    *("asyncio", "anyio", "slow", "tryfirst", "timeout", "flaky"),
)


def test_no_tag_skips_or_excuses_a_case(project: pytest.Pytester) -> None:
    project.makeconftest(
        """
        import pytest
        def pytest_collection_modifyitems(items):
            for item in items:
                if "slow" in item.keywords or item.get_closest_marker("flaky"):
                    item.add_marker(pytest.mark.skip)
        """
    )
    tagged = [f"- intent: shop.returns\n  tags: [{tag}]\n  ask:\n    - opening hours\n" for tag in BUILT_IN]
    cases(project, "".join(tagged))
    project.runpytest().assert_outcomes(failed=len(BUILT_IN))
    project.runpytest("-m", "tag.skip or tag.slow").assert_outcomes(failed=2, deselected=len(BUILT_IN) - 2)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("toy/tests/case", "leads to no case"),
        ("toy/tests/cases/*.yaml", "patterns such as * are for the shell"),
        ("toy/tests/cases/shop.yml", "leads to no case"),
        ("toy/pack.txt", "a file of cases ends in .yaml"),
        ("toy/empty", "leads to no case"),
        ("toy/tests/cases toy/empty", "toy/empty"),
        ("../nowhere", "nowhere"),
    ],
)
def test_a_path_that_leads_to_no_case_is_wrong_usage(project: pytest.Pytester, place: str, said: str) -> None:
    (project.path / "toy" / "empty").mkdir()
    (project.path / "toy" / "pack.txt").touch()
    project.makepyfile("def test_one(): pass")
    configure(project, f"dimchat_cases = {place}")
    result = project.runpytest()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    (line,) = [line for line in result.errlines if "dimchat_cases" in line]
    assert said in line


def test_without_paths_pytest_runs_cases_wherever_they_lie(project: pytest.Pytester) -> None:
    project.makepyfile(**{"qa/unit/test_one": "def test_one(): pass"})
    ini = project.path / "qa" / "pytest.ini"
    settings = "[pytest]\nasyncio_default_fixture_loop_scope = function\ndimchat_cases = ../toy/tests/cases\n"
    ini.write_text(settings + "dimchat_pack = ../toy\n", encoding="utf-8")
    project.chdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ini.parent)
        project.runpytest().assert_outcomes(passed=6)
        project.runpytest("unit").assert_outcomes(passed=1)
        project.runpytest("../toy/tests/cases").assert_outcomes(passed=5)
        project.runpytest("--rootdir", "..").assert_outcomes(passed=6)
        ini.write_text(settings + "testpaths = unit\n", encoding="utf-8")
        project.runpytest().assert_outcomes(passed=6)
        patch.chdir("unit")
        project.runpytest().assert_outcomes(passed=1)


def test_each_case_is_asked_of_the_pack_that_holds_it(project: pytest.Pytester, tiny_pack: Path) -> None:
    tiny_pack.rename(project.path / "tiny")
    configure(project, "dimchat_cases = toy/tests/cases tiny/tests/cases")
    project.makepyfile("def test_it(dimchat_pack): assert dimchat_pack.name == 'toy'")
    project.runpytest("-k", "not salary").assert_outcomes(passed=7, deselected=1)


ODD = """\
- intent: shop.returns
  ask:
    - what [is] it::all:::about
    - "lines and 'quotes' \\\\ / | {x} -k not and"
    - LONG
""".replace("LONG", "long " * 100)


def test_whatever_a_question_holds_its_item_can_be_named_and_run_again(project: pytest.Pytester) -> None:
    cases(project, ODD + "    - return policy\n")
    project.runpytest().assert_outcomes(passed=1, failed=3)
    project.runpytest("--lf").assert_outcomes(failed=3)
    named = "toy/tests/cases/shop.yaml::3 what (is) it:all:about"
    project.runpytest(named).assert_outcomes(failed=1)
    project.runpytest("--deselect", named).assert_outcomes(passed=1, failed=2, deselected=1)


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
