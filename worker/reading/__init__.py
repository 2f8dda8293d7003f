"""Reads a picture: the right way up, text with its places, language, and how sure."""
