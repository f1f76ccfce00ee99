"""A static site of workspaces: every playbook on a page of its own, with nothing loaded from elsewhere."""
