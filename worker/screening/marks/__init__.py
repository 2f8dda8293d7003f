"""Marks in the picture: logos, crosses, flags and other signs that a coordinator gave samples of."""
