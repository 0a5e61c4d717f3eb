"""The books prove themselves: seals, the chain of batches, every invariant."""
