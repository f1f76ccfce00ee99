"""What the generated workspaces are made of: their shared documents, and the stages of every playbook."""

from __future__ import annotations

from dataclasses import dataclass

ORGANIZATION = """\
organization: acme
title: Acme

teams:
  sales: {title: Sales}
  customer_success: {title: Customer Success}
  marketing: {title: Marketing}
  product: {title: Product}
  revops: {title: Revenue Operations}
  implementation: {title: Implementation}
  customer: {title: Customer, party: customer}

roles:
  ae: {title: Account Executive, team: sales, backup: sales_leader}
  sales_leader: {title: VP Sales, team: sales, backup: ae}
  se: {title: Solutions Engineer, team: sales}
  csm: {title: Customer Success Manager, team: customer_success, backup: cs_leader, assigned_by: cs_leader}
  cs_leader: {title: VP Customer Success, team: customer_success, backup: csm}
  lifecycle: {title: Lifecycle Marketer, team: marketing}
  marketing_leader: {title: VP Marketing, team: marketing}
  product_manager: {title: Product Manager, team: product}
  revops_lead: {title: Revenue Operations Lead, team: revops}
  impl_engineer: {title: Implementation Engineer, team: implementation}
  impl_leader: {title: Head of Implementation, team: implementation, backup: impl_engineer}
  admin: {title: Customer admin, team: customer}
  champion: {title: Customer champion, team: customer}

systems:
  hubspot: {title: HubSpot, purpose: record}
  asana: {title: Asana, purpose: execute}
  product_app: {title: The product, purpose: engage}
  warehouse: {title: Data warehouse, purpose: analyse}
"""

CALENDAR = """\
calendar: emea
title: Europe
time_zone: Europe/Berlin
country: DE
working_hours: 09:00-17:00
"""

GOVERNANCE = """\
governance: onboarding
council:
  title: Onboarding council
  members: [cs_leader, sales_leader, marketing_leader, product_manager, revops_lead, impl_leader]
  chair: cs_leader
  cadence: monthly
  quorum: 4
  agenda: [KPIs, Escalations, Backlog]
  decision_rights: {playbooks: The council changes them by majority}
decisions:
  owner: {title: Who owns onboarding, date: 2026-01-15, decided: Customer Success, by: cs_leader, why: Few handoffs}
escalate_within: 2bd
"""


@dataclass(frozen=True)
class StagePlan:
    """What is fixed about a stage: who answers, who works, what is done."""

    id: str
    title: str
    goal: str
    accountable: str
    works: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]


STAGES = (
    StagePlan(
        "handover",
        "Sales to Customer Success",
        "Customer Success knows what was promised, and to whom.",
        "sales_leader",
        ("ae", "se"),
        (
            ("collect_contract", "Collect the signed contract and the order form"),
            ("write_brief", "Write the handover brief"),
            ("map_stakeholders", "Map the stakeholders and their goals"),
            ("record_success_criteria", "Record the success criteria"),
            ("list_integrations", "List the integrations that were promised"),
            ("review_brief", "Review the brief with the receiving team"),
            ("introduce_csm", "Introduce the success manager to the champion"),
        ),
    ),
    StagePlan(
        "kickoff",
        "Kickoff",
        "Both sides agree on the outcome, the plan and the dates.",
        "cs_leader",
        ("csm", "lifecycle"),
        (
            ("prepare_kickoff", "Prepare the kickoff agenda"),
            ("send_welcome", "Send the welcome mail with the plan"),
            ("run_kickoff", "Run the kickoff call"),
            ("confirm_outcome", "Confirm the outcome in the customer's words"),
            ("agree_go_live", "Agree on the go-live date"),
            ("name_admin", "Name the customer's administrator"),
            ("approve_plan", "Approve the success plan"),
        ),
    ),
    StagePlan(
        "setup",
        "Technical setup",
        "The product runs with the customer's own accounts.",
        "impl_leader",
        ("impl_engineer", "se"),
        (
            ("create_workspace", "Create the customer's workspace"),
            ("connect_sso", "Connect single sign-on"),
            ("import_users", "Import the users and their groups"),
            ("connect_crm", "Connect the customer relationship system"),
            ("configure_roles", "Configure roles and permissions"),
            ("test_integrations", "Test the integrations end to end"),
            ("accept_setup", "Accept the technical setup"),
        ),
    ),
    StagePlan(
        "migration",
        "Data migration",
        "The customer's history is in the product and is right.",
        "impl_leader",
        ("impl_engineer", "csm"),
        (
            ("take_inventory", "Take the inventory of the source data"),
            ("map_objects", "Map the objects and their fields"),
            ("dry_run_import", "Run a trial import on a sample"),
            ("fix_mapping", "Fix what the trial import found"),
            ("import_history", "Import the full history"),
            ("reconcile_counts", "Reconcile the counts with the source"),
            ("sign_off_data", "Sign off the migrated data"),
        ),
    ),
    StagePlan(
        "enablement",
        "Enablement",
        "The people who will use the product know how, and why.",
        "csm",
        ("csm", "lifecycle"),
        (
            ("plan_training", "Plan the training with the administrator"),
            ("train_admins", "Train the administrators"),
            ("train_teams", "Train the first teams"),
            ("publish_guides", "Publish the guides in the resource centre"),
            ("start_campaign", "Start the in-product campaign"),
            ("hold_office_hours", "Hold the weekly office hours"),
            ("check_readiness", "Check that the teams are ready"),
        ),
    ),
    StagePlan(
        "launch",
        "Launch",
        "The first team works in the product every day.",
        "csm",
        ("csm", "product_manager"),
        (
            ("freeze_changes", "Freeze changes to the configuration"),
            ("announce_launch", "Announce the launch to the users"),
            ("switch_over", "Switch the first team over"),
            ("watch_first_days", "Watch the first days closely"),
            ("collect_feedback", "Collect feedback from the first users"),
            ("solve_blockers", "Solve what blocks the first users"),
            ("confirm_launch", "Confirm the launch with the champion"),
        ),
    ),
    StagePlan(
        "value",
        "First value",
        "The outcome that was promised is seen in the customer's own numbers.",
        "cs_leader",
        ("csm", "revops_lead"),
        (
            ("measure_usage", "Measure usage against the plan"),
            ("recap_progress", "Recap the progress for the sponsor"),
            ("extend_teams", "Extend the product to further teams"),
            ("verify_outcome", "Verify the outcome with the sponsor"),
            ("write_story", "Write the story of the first value"),
            ("plan_next_quarter", "Plan the next quarter together"),
            ("close_onboarding", "Close the onboarding and hand over to adoption"),
        ),
    ),
)

TOUCHES = ("internal", "meeting", "email", "in_product", "call", "document")
SYSTEMS = ("hubspot", "asana", "product_app", "warehouse")
TEAM_OF_ACCOUNTABLE = {
    "sales_leader": "sales",
    "cs_leader": "customer_success",
    "csm": "customer_success",
    "impl_leader": "implementation",
}
INTERFACES = (
    ("sales", "product"),
    ("customer_success", "product"),
    ("customer_success", "sales"),
    ("implementation", "product"),
    ("implementation", "sales"),
)
