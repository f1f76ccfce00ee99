"""Markdown as GitHub, GitLab and most wikis read it: its escaping and its tables."""
