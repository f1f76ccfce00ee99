"""How to write a Diagram or a Table: one file per format, found through ``registry``."""
