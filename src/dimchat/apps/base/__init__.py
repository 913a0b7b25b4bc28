"""What the chat, the stand and the curator's screens share: the app, themes, text, the line to type in."""
