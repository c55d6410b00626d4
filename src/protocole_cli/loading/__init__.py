"""Text → data with its places: files, strict YAML, prose, the root, git."""
