"""How the targets write text: JSON, CSV, YAML and XML, the same bytes for the same input."""
