"""The words of the regression tools."""

from __future__ import annotations

NO_CASES_FOLDER = "there are no cases: {folder} does not exist"
NO_CASE_RUN = "no case was run: none stands there, or none was selected"
RUNNING = "cases"
NOT_REMEMBERED = "what failed cannot be kept for --failed-first: there is no cache folder that can be written"
INTERRUPTED = "interrupted after {done} of {all}"
SLOWEST = "slowest"
PASSED = "{passed} passed, {failed} failed"
EXPECTED = ", {expected} failed as expected"
