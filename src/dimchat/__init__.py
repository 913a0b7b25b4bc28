"""dimchat answers questions from a curated, sourced answer set and generates nothing."""

__version__ = "0.1.0"
