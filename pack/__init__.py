"""The pack of a review: its minutes and its numbers as one file to take away, from the page or the terminal."""
