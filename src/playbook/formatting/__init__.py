"""One way to write a document: keys in the order of the language, one style, every comment kept."""

from playbook.formatting.document import Formatted, format_document, is_surely

__all__ = ["Formatted", "format_document", "is_surely"]
