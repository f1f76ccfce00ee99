"""What tools are given: a playbook as a template without dates, or the dated plans of accounts."""
