"""Finds what is meant where no word of the packs stands: a small linear classifier over sentences.

It is trained by ``make train-screening`` on the messages in ``worker/screening/training`` and only adds
findings to those of the packs.
"""
