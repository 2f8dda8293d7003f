"""Networks: found in their wheels, made ready in 8 bits, run."""
