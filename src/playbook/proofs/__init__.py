"""What can be proven of a playbook: that nothing is missing on any way, and that no account is left between
stages. Rules ask; this package answers, with a witness where the answer is no."""
