"""The document as a PDF: typeset by typst from values, finished by pikepdf. Both come with the extra `[pdf]`."""
