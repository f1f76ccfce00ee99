"""The layout of a journey map: from a neutral Diagram to a scene of boxes, lines and texts."""
