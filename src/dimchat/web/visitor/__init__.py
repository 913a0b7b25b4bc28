"""A visitor's own process: the chat or the kiosk, drawn for a browser. Nothing of the server is imported here."""
