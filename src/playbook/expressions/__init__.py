"""Conditions: a small, typed, side-effect-free subset of Python's expression grammar."""
