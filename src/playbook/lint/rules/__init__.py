"""One file per rule, named for its code."""
