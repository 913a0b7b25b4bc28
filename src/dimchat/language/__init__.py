"""What is true of a language, whatever is asked in it: words, spelling, meanings, grammar; and the two small notations.

`english` holds every table of words; the other modules say what is done with them. `citations` and `patterns` are the
notations of a pack's authors: `[@source, place]` in an answer, and the lines that cues are written in.
"""
