"""Places of the world (GeoNames, CC BY 4.0): where they come from, and finding one by its name."""
