"""Learning from a journal: insights, groups to review, and changes that are tried before they are kept."""
