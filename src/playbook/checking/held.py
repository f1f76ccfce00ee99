"""In words, what a run was held to; and what it takes to fail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from playbook.checking.settings import Settings
from playbook.config import Config
from playbook.results import FailOn

_FEW = 3


def held_to(configs: Sequence[Config], settings: Settings) -> str:
    """By which rules was checked: ``profile team, without NAM001``."""
    ignored = [code for code in settings.ignore if not any(code in config.mandatory for config in configs)]
    if settings.select:
        return f"only {', '.join(settings.select)}{_without(ignored)}"
    # Those that are held to a profile and nothing else are told together.
    plain = [config for config in configs if not (config.select or config.extend_select or config.ignore)]
    others = [config for config in configs if config not in plain]
    profiles = sorted({config.profile for config in plain})
    parts = [f"profile{'s' if len(profiles) > 1 else ''} {', '.join(profiles)}"] if profiles else []
    parts += [_by(config) for config in others]
    return "; ".join(dict.fromkeys(parts)) + _without(ignored)


def _by(config: Config) -> str:
    base = f"only {_few(config.select)}" if config.select else f"profile {config.profile}"
    more = f" and {_few(config.extend_select)}" if config.extend_select else ""
    # What is mandatory runs, whatever ignores it.
    return base + more + _without([code for code in config.ignore if code not in config.mandatory])


def _without(codes: Sequence[str]) -> str:
    return f", without {_few(codes)}" if codes else ""


def _few(codes: Sequence[str]) -> str:
    if len(codes) <= _FEW:
        return ", ".join(codes)
    return f"{', '.join(codes[:_FEW])} and {len(codes) - _FEW} more"


def strictest(levels: Iterable[FailOn]) -> FailOn:
    """Of what several workspaces fail on, what fails most often; warnings if there is none."""
    order = {level: at for at, level in enumerate(("info", "warning", "error", "never"))}
    return min(levels, key=lambda level: order[level], default="warning")
