"""The third stage, `Interpretation` and `Context` to a reply and the context after it."""
