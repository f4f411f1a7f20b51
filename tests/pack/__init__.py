"""The pack of a review, in each of its forms."""
