"""The screens, in Textual: the chat, the stand built on it, the curator's review."""
