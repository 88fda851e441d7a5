"""Forms on paper: plain values in, PDF/A bytes out. Nothing here reads a row."""
