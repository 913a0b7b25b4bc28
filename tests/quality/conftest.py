"""What pytest within pytest needs is imported before.

pytester forgets what was imported within a run: numpy and the C half of yaml do not bear a second import, and the rest
would be paid for in each run.
"""

from __future__ import annotations

from importlib import import_module

for name in (
    *("dimchat.dialogue", "dimchat.files.disk", "dimchat.pack.load", "dimchat.index.prebuilt"),
    *("dimchat.quality.cases", "dimchat.quality.report.case_report", "dimchat.quality.runner"),
    *("hypothesis", "rapidfuzz.distance", "rapidfuzz.process"),
):
    import_module(name)
