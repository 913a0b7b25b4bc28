"""What a curator learns from a journal: insights, groups to review, and changes tried before they are kept."""
