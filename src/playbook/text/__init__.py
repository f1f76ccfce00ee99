"""The bottom layer: places in text, key paths, spoken quantities and suggestions."""
