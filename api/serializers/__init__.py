"""What each record looks like in JSON. Serializers map what was fetched; none asks the database."""
