"""What kind of side it is before anything is read: ink, ruling, codes, drawing or text, hand or print."""
