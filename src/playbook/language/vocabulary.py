"""Events that every workspace knows without declaring them, and the states that things can be in."""

from __future__ import annotations

EVENTS: tuple[str, ...] = (
    "contract.signed",
    "deal.closed_won",
    "escalation.acknowledged",
    "escalation.closed",
    "escalation.opened",
    "handoff.accepted",
    "handoff.info_requested",
    "handoff.rejected",
    "handoff.submitted",
    "hold.ended",
    "hold.started",
    "meeting.attended",
    "meeting.missed",
    "meeting.scheduled",
    "message.clicked",
    "message.delivered",
    "message.replied",
    "message.sent",
    "milestone.reached",
    "onboarding.abandoned",
    "onboarding.completed",
    "review.held",
    "stage.entered",
    "stage.exited",
    "step.completed",
    "step.reassigned",
    "step.skipped",
    "step.started",
    "subscription.churned",
    "subscription.contracted",
    "subscription.expanded",
    "subscription.renewed",
    "subscription.started",
    "survey.responded",
    "survey.sent",
    "usage.recorded",
)
"""The default vocabulary of onboarding events."""

ACTIVITY_EVENTS: frozenset[str] = frozenset(
    {
        "meeting.attended",
        "meeting.scheduled",
        "message.delivered",
        "message.sent",
        "step.completed",
        "step.started",
        "survey.sent",
    }
)
"""Events that say that we did something, not that it worked."""

STATES: dict[str, tuple[str, ...]] = {
    "anchor": ("reached",),
    "artifact": ("produced", "accepted"),
    "handoff": ("submitted", "accepted", "rejected"),
    "milestone": ("reached",),
    "stage": ("entered", "exited"),
    "step": ("started", "completed", "skipped", "approved", "rejected"),
}
"""What can be asked of a declared thing in an expression: ``first_value.reached``."""

BUILT_IN_FIELDS: tuple[str, ...] = ("account.segment", "account.status")
"""Fields that every account has."""
