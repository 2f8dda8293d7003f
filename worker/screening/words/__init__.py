"""From a text to its words: letters, misreading, what is common in a language, and where words stand."""
