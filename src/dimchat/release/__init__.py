"""Answers from one place: signed versions of a pack, how stands fetch them, and how they reach one stand before all.

Whoever publishes writes into a folder: `channel.signed` says which version each stand may take, `versions/N.signed`
lists the files of one, and `files/` holds them by their SHA-256. Nothing in it is compressed and nothing is an
archive, so that nothing has to be unpacked. Stands read that folder, or the same over HTTPS.
"""
