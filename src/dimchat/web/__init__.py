"""The chat or the kiosk in a browser.

`run` starts the server, which shows pages and counts places. Each conversation belongs to a process of its own,
`visitor`: the server hands it the visitor's connection before a word was said, so no word passes through the server.
"""
