"""Flowcharts in Mermaid's language: their text, and how a large diagram becomes several."""
