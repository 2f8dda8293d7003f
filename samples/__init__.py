"""Rendered cards with their truth: for the demonstration tray, the tests and the benchmarks.

Run ``python -m samples`` to fetch the fonts and to render the sample tray again.
"""
