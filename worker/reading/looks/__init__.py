"""What lines look like, whatever they say: which script, and Cyrillic hands in Latin letters."""
