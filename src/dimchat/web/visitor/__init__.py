"""A visitor's own process: the chat or the kiosk at one end of a connection to a browser, and nothing of the server."""
