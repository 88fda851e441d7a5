"""What keeps the private servers from running, in words for whoever started them."""


class ServerError(Exception):
    """The message says what is wrong and what to do."""
