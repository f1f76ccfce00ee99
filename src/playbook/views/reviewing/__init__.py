"""The sections of the onboarding review that no other view shows."""
