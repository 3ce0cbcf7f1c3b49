"""What a run says: on the terminal, as JSON, as JUnit XML, as a page, to GitHub Actions."""
