"""What a line says: the two PP-OCRv6 recognisers, for Latin, Chinese and Japanese."""
