"""The resolved journey: tasks, gates, flows and ends, and queries on their graph."""
