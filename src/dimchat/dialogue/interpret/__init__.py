"""The second stage, `Analysis` and `Context` to `Interpretation`: what a message means where it stands."""
