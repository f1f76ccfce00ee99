"""``playbook.toml``: which files belong to a workspace and which rules it is held to."""

from playbook.config.model import FILE_NAME, PROFILES, Config, Profile
from playbook.config.read import read_config

__all__ = ["FILE_NAME", "PROFILES", "Config", "Profile", "read_config"]
