"""Figures against the bare floor of each thing, measured in the same run: `make benchmarks` or `python -m benchmarks`."""
