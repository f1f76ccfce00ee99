"""What several reports share: counting, wording, excerpts, escaping."""
