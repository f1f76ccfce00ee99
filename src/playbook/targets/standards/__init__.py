"""Open formats: calendars, project plans, checklists, plain tables."""
