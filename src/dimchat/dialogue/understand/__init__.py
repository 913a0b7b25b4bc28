"""The first stage, text to `Analysis`: what a message says by itself."""
