"""Measures screening on labelled messages: what is found, what is missed, what is raised in error."""
