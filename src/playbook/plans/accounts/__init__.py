"""Accounts files: tables (CSV) of many accounts, and lists (JSON, YAML) of a few."""
