"""Two states of an answer set compared by what they reply."""
