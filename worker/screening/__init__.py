"""Screens a reading: findings, addressee and lane."""
