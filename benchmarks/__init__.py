"""Measurements, each against the bare floor of the thing measured."""
