"""Which way up lines stand, and in which order they are read."""
