"""Print in scripts that the recognisers do not know, read by Tesseract."""
