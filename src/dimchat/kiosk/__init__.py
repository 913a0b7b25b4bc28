"""The kiosk's parent: keeps a stand running, one process a visitor, and never sees a visitor's word.

Nothing here imports the screens; a visitor's process is started by its module's name.
"""
