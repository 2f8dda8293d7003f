"""Finds what is meant where no word of the packs stands: a small linear classifier."""
