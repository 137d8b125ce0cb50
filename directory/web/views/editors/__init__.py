"""Pages for editors alone; the middleware of ``directory.accounts.gates`` guards their address."""
