"""What a card is and what may happen to it. Knows no Flask, no RQ and no OpenCV."""
