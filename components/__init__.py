"""The parts of the Modality Lab. Imports point downwards only (see README, "The house")."""
