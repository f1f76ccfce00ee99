"""SARIF as GitHub's code scanning takes it.

Code scanning opens an alert for a suppressed result as for any other, so these are left out; and it refuses
a file of more than 25,000 results, of which it shows the gravest 5,000.
"""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.report import sarif
from playbook.report.parts.counting import plural
from playbook.results import Results

MOST_RESULTS = 25_000
_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


def write(results: Results) -> str:
    """One run with the findings that are told: of too many, the gravest."""
    told = results.findings
    left_out = len(told) - MOST_RESULTS
    if left_out <= 0:
        return sarif.log(results, told, ())
    gravest = sorted(told, key=lambda finding: _WEIGHT[finding.severity])[:MOST_RESULTS]
    omitted = f"{plural(left_out, 'finding')} left out: GitHub takes at most {MOST_RESULTS:,} in one file"
    return sarif.log(results, sorted(gravest, key=lambda finding: finding.sort_key), (), omitted)
