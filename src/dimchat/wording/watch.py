"""The words of `watch`, and of a chat that reads its pack again."""

from __future__ import annotations

BEGINS = "{name}: {intents}; {files} watched, Ctrl+C ends"
INTENTS = {"one": "{count} intent", "other": "{count} intents"}
FILES = {"one": "{count} file is", "other": "{count} files are"}
BROKEN = "the pack stays as it was before"
NONE_YET = "there is no pack yet that could stay: these must be mended first"
RESULTS = "cases: {passed} passed, {failed} failed, {expected} failed as expected"
FAILS, PASSES = "fails", "passes now"
MORE_FAIL = "and {count} more: dimchat test{pack}"
REWORDED, OTHERWISE = "other words", "other reply"
REPLY_OF = {"one": "{ids} ({count} reply)", "other": "{ids} ({count} replies)"}
WAS, NOW, SEE = "was", "now", "see"
BESIDE = "other suggestions, sources or dates"
MORE = "and {count} more"
DONE = "{asked} asked, {moved}; {seconds:.1f} s"
MOVED = {"one": "{count} reply differs", "other": "{count} replies differ"}
SAME = "nothing that is said or learnt differs"
LEFT = {"one": "{count} more is being asked", "other": "{count} more are being asked"}
NEW, GONE = "new  ", "gone "
