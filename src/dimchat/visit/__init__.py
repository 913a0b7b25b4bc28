"""One visitor, one process: what the stand and the browser's server share."""
