"""Onboarding as code: check, draw and list customer journeys written in YAML."""

__version__ = "0.1.0"
