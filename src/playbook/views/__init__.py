"""What to show: each view is a pure function of the workspace to a neutral Diagram or Table."""
