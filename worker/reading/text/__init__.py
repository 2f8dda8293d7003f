"""From characters to words: spelling by word lists, language, mending, doubt."""
