"""When work is done: in working days from the anchors, without dates."""
