"""Measures the clear lane: which drawn cards would travel unseen with the trust dial on."""
