"""Where our books and somebody else's disagree."""
