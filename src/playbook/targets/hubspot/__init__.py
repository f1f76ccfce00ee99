"""HubSpot: tasks, pipelines, properties and workflows."""
