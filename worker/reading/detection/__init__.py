"""Where lines stand: from a picture to quads."""
