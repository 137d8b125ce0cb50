"""HTML pages of the directory: views, addresses, template tags. No rule and no query lives here."""
