"""Finds the phrases of the rule packs in a message."""
