"""The second reader: any instruct model that a mail room may ask as well, in a process of its own."""
