"""The seven sensory modalities of the lecture, one file each."""
