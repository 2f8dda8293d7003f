"""What the rule packs say: words and phrases of each label, and the language they are written in."""
