"""How others on the web point to records, read them as linked data and show them on their pages."""
