"""What the directory's data say when read together: likeness of cities and of networks."""
