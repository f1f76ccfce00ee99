"""The look of pages: templates, style and scripts, for a page that stands alone and for the whole site."""
