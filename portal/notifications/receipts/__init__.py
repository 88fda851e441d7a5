"""The door for providers and mail servers: signed reports of what became of notices."""
