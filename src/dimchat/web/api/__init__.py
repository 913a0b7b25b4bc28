"""The API of `dimchat serve --api`: questions and replies as JSON, for other programs.

The server passes connections on unread, as it does for visitors. `endpoint` runs in a process of its own, which reads
requests and holds the limits; `answerer` in others, which know the pack and answer one question at a time. What a
follow-up leans on travels with the client, sealed (`seal`): nothing of a conversation stays here.
"""
