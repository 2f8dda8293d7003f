"""Simulates seasons of the clear lane, to see whether the dial keeps what its page promises."""
