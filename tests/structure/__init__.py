"""What holds for the repository as a whole: sizes, directions, documents, translations."""
