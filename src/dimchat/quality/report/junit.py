"""A run of cases as JUnit XML, which every service for continuous integration reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dimchat.quality.report.extra import need

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.quality.report.run import Result


def to_junit(results: Sequence[Result], name: str) -> str:
    """Return the XML: a suite for each file, a case for each item.

    Args:
        results: Of the run.
        name: What the whole is called.

    Raises:
        UsageError: The extra `report` is not installed.
    """
    junit: Any = need("junitparser")
    case_kind = type("Case", (junit.TestCase,), {"file": junit.Attr(), "line": junit.IntAttr()})
    suites: dict[str, Any] = {}
    for outcome, text in results:
        item = outcome.item
        suite = suites.setdefault(item.place.file, junit.TestSuite(item.place.file))
        case = case_kind(f"{item.place.line} {item.ask}", item.place.file, round(outcome.seconds, 6))
        case.file, case.line = item.place.file, item.place.line
        if outcome.status == "xfailed":
            case.result = [junit.Skipped(item.xfail)]
        elif not outcome.ok:
            failure = junit.Failure("; ".join(outcome.failures) or item.xfail, outcome.status)
            failure.text = text
            case.result = [failure]
        suite.add_testcase(case)
    whole = junit.JUnitXml(name)
    for file in sorted(suites):
        whole.add_testsuite(suites[file])
    xml: bytes = whole.tostring()
    return f'<?xml version="1.0" encoding="utf-8"?>\n{xml.decode()}\n'
