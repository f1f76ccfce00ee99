"""The tools that a playbook is exported to, one target a file; each says what it carries and what is lost."""
