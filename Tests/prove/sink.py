"""A mail server that takes every letter and counts how often each came, by Message-ID."""

import asyncio
import email
import threading
from collections import Counter

from aiosmtpd.smtp import SMTP


class Sink:
    """`seconds` is how long it thinks before it says it has the letter: the longer, the likelier a death in between."""

    def __init__(self, seconds=0.0):
        self.seconds, self.letters, self.readers, self.lock = seconds, Counter(), {}, threading.Lock()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.port = None

    async def handle_DATA(self, server, session, envelope):
        name = email.message_from_bytes(envelope.original_content)["Message-ID"]
        with self.lock:
            self.letters[name] += 1
            self.readers.setdefault(name, set()).update(envelope.rcpt_tos)
        if self.seconds:
            await asyncio.sleep(self.seconds)
        return "250 2.0.0 OK"

    @property
    def surroundings(self):
        """What eyhub must be given to post here."""
        return {"EYHUB_SMTP": f"smtp://127.0.0.1:{self.port}?starttls=off", "EYHUB_MAIL_FROM": "The Hub <hub@example.org>"}

    def __enter__(self):
        self.thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self.serve(), self.loop).result(600)
        return self

    async def serve(self):
        server = await self.loop.create_server(lambda: SMTP(self, hostname="mail.test", loop=self.loop), "127.0.0.1", 0)
        return server.sockets[0].getsockname()[1]

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
