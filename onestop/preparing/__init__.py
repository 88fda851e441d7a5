"""Filling the e-form on the screen for the paper one brings to the desk: no account, nothing filed yet."""
