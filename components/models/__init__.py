"""The two blocks every architecture is made of, and the architectures."""
