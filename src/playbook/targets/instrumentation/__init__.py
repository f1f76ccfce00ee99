"""Tracking plans and the definitions of KPIs."""
