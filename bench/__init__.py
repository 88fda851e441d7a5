"""Benchmarks: ratios measured in one run on one machine. Each `bench/<name>.py` registers its figures."""
