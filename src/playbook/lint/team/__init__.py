"""A team's own rules: documents of kind ``rules`` turned into rules like those of the product."""
