"""What an editor shows while somebody writes: a language server, and the answers that it gives."""
