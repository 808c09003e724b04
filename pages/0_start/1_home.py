"""The lecture as a map."""

from components.ui.house import claim

claim("Modality Lab", "x", "y")
