"""HubSpot: tasks, pipelines, properties and workflows as its API takes them, and as Terraform."""
