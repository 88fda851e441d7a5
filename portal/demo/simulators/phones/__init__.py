"""One server on this machine that is two SMS providers, Zalo, and everybody's telephone. Without Django."""
