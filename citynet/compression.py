"""Compresses what anyone may read: Zstandard, Brotli or gzip, whichever the asker takes.

Private pages hold tokens of their forms, whose length would tell of them (BREACH): they go as
they are.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_http_compression.middleware import HttpCompressionMiddleware

# Less than one packet holds is not worth the time.
SMALLEST = 1000


class PublicCompression(HttpCompressionMiddleware):
    """Leaves alone what is private or small, and keeps strong ETags strong.

    What streams is compressed piece by piece, each sent at once.
    """

    # What is public holds no secret that random lengths would hide.
    max_random_bytes = 0

    def maybe_compress(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Compress the answer where that helps."""
        kept = response.headers.get("Cache-Control", "")
        is_small = not response.streaming and len(response.content) < SMALLEST
        # Sums and ranges of a file that can be asked for in parts are over its own bytes.
        in_parts = "Accept-Ranges" in response or "Content-Range" in response
        if is_small or in_parts or "private" in kept or "no-store" in kept:
            return
        tag = response.headers.get("ETag", "")
        super().maybe_compress(request, response)
        coding = response.headers.get("Content-Encoding", "")
        if coding and tag.startswith('"'):
            # Other bytes, so another strong tag; who asks with it is known by the rest of it.
            response.headers["ETag"] = f'{tag[:-1]}.{coding}"'
