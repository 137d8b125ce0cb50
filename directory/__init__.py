"""The directory: city networks, the cities in them, and how we know."""
