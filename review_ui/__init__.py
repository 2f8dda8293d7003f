"""The pages of the mail room."""
