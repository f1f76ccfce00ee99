"""``python -m playbook``."""

from playbook.cli.main import main

main()
