"""Facts about a language, independent of any pack: words, spelling, meanings, grammar; and two small notations.

`english` holds every table of words; the other modules say what is done with them. `citations` and `patterns` are the
notations of a pack's authors: `[@source, place]` in an answer, and the lines that cues are written in.
"""
