"""The dated schedule of one journey: what is due when, what cannot be in time, what moves."""
