"""Rules over the compiled workspace: one file per rule, run by the engine."""
