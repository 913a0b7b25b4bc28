"""From a message and its context to what is meant by it."""
