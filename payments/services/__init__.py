"""Every write of payments, by use case; each module is one room of the money."""
