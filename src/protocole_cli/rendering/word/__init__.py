"""The document for Word and its like, to be annotated: built with python-docx, which the extra `[bureautique]` installs."""
