"""What is shown on a screen with Textual: the chat, the stand over it, the curator's review."""
