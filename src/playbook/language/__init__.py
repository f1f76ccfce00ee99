"""What a playbook says: frozen models, one file per kind of document."""
