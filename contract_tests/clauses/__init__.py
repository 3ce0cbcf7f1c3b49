"""The specification: one test file a family, each test one clause's assertion over its questions."""
