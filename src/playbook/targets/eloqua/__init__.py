"""Oracle Eloqua: campaigns."""
