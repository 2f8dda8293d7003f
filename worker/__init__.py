"""From cards to text, flags, addressee and lane."""
