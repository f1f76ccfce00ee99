"""``python -m playbook``."""

from playbook.cli.main import run

run()
