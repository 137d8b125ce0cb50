"""The endpoints: each fetches what its serializer maps."""
