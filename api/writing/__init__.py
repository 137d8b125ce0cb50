"""What endpoints share that write: tokens, bodies, and requests that are sent twice or too late."""
