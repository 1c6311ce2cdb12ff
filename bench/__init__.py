"""Measurements: `./run bench`. What is measured, against which bar, is listed in `bench.__main__`."""
