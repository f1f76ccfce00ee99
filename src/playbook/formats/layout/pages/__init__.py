"""Documents and tables on pages or slides: what stands where, for PDF and PPTX alike."""
