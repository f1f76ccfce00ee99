"""What several views share: words, places in the flow, numbers."""
