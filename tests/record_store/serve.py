"""A record store for tests: Ralph with its file backend, on this computer alone, in one process.

    LRS_PORT=8100 python3 serve.py

Three things of Ralph 5.1.0 are mended: its file backend refuses every second write, its filters by verb and activity never
match, and a diary of its own (history.json), rewritten at each request, makes it answer 500 for ever once it is cut short. LRS_REFUSE names the id of a statement for which a whole batch is answered with 422, as a store does that
finds fault with one of them. LRS_CERTIFICATE and LRS_KEY make it speak https.
"""

import os

import uvicorn
from fastapi.responses import JSONResponse
from ralph.backends.data.base import BaseOperationType
from ralph.backends.lrs.fs import FSLRSBackend as Backend

Backend.default_operation_type = BaseOperationType.APPEND
Backend.append_to_history = lambda self, event: None
verb, activity = Backend._add_filter_by_verb, Backend._add_filter_by_activity
Backend._add_filter_by_verb = staticmethod(lambda filters, one: verb(filters, str(one) if one else None))
Backend._add_filter_by_activity = staticmethod(
    lambda filters, one, related: activity(filters, str(one) if one else None, related)
)

from ralph.api import app  # noqa: E402  what is mended above must be mended before

REFUSED = os.environ.get("LRS_REFUSE", "").encode()


class Refusing:
    """Answers 422 where the body holds the statement that is refused, and lets everything else through."""

    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        if not REFUSED or scope["type"] != "http" or scope["method"] != "POST":
            return await self.inner(scope, receive, send)
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if b'"id":"' + REFUSED in body:
            answer = JSONResponse({"detail": "this statement does not suit the store"}, status_code=422)
            return await answer(scope, receive, send)

        given = False

        async def again():
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        return await self.inner(scope, again, send)


uvicorn.run(
    Refusing(app),
    host="127.0.0.1",
    port=int(os.environ.get("LRS_PORT", "8100")),
    log_level="warning",
    ssl_certfile=os.environ.get("LRS_CERTIFICATE"),
    ssl_keyfile=os.environ.get("LRS_KEY"),
)
