"""Measures reading: error rates, time and memory, beside other readers and goals."""
