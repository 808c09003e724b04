"""Training: one generator of frames, and the engine that runs it for many learners."""
