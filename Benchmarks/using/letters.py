"""A mail server that keeps what it is sent: how the people of the benchmark get their invitations."""
import asyncio
import email
import email.policy
import re

LINK = re.compile(r"http://[^/\s]+(/\S+)")


class Letterbox:
    """Listens on a free port of 127.0.0.1; `links` has, by address, the path of the link in the latest letter."""

    def __init__(self):
        self.links = {}

    async def open(self):
        self.server = await asyncio.start_server(self._talk, "127.0.0.1", 0, limit=1 << 20)
        self.port = self.server.sockets[0].getsockname()[1]

    def close(self):
        self.server.close()

    async def wait(self, count, patience):
        """Until so many people have a letter; `patience` is for the next one."""
        have, late = -1, 0
        while len(self.links) < count and late < patience:
            late = late + 0.2 if len(self.links) == have else 0
            have = len(self.links)
            await asyncio.sleep(0.2)
        return len(self.links) >= count

    async def _talk(self, reader, writer):
        try:
            writer.write(b"220 bench\r\n")
            whom = ""
            while line := await reader.readline():
                word = line.split(b" ")[0].strip().upper()
                if word == b"RCPT":
                    whom = line.partition(b"<")[2].partition(b">")[0].decode()
                if word == b"DATA":
                    writer.write(b"354 go on\r\n")
                    self._take(whom, await reader.readuntil(b"\r\n.\r\n"))
                writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
                if word == b"QUIT":
                    break
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _take(self, whom, raw):
        lines = raw[:-5].replace(b"\r\n..", b"\r\n.")
        letter = email.message_from_bytes(lines, policy=email.policy.default)
        text = letter.get_body(("plain",)).get_content()
        if found := LINK.search(text):
            self.links[whom] = found.group(1)
