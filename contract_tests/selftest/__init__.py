"""The suite itself, tested: its parts, every deviation, every ruling, every world."""
