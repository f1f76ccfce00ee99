"""Working time: which days and hours are worked, and how working days are counted."""
