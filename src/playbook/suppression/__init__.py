"""What keeps a finding back, with a reason and a last day: comments, waivers, patterns of files, a baseline."""
