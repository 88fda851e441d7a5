"""Signing in, signing up and passwords: allauth with our names, limits and words."""
