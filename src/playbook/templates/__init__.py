"""The workspaces that ``playbook init`` starts from: one folder per kind of customer."""
