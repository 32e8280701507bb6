"""A real SMTP server (aiosmtpd) for the tests of mail.   mail_server.py none|starttls|smtps [CERTIFICATE KEY [USER PASSWORD]]

Listens on a free port of 127.0.0.1 and says what happens on standard output, a JSON object to a line: first {"port": N}, then
{"to": ..., "content": ...} for each letter it took. It ends when its standard input does. What becomes of a letter is in its address:

  nobody@   550 5.1.1 to the recipient       later@    451 4.3.0 to the recipient      strange@  550 without a second code
  spam@     550 5.7.1 to the whole letter    full@     452 4.2.2 to the whole letter   hang@     no answer to the recipient
  cut@      breaks the line in the middle of the letter
  vanish@   takes the whole letter and breaks the line without an answer               mute@     takes it and says nothing
"""

import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def say(**what):
    print(json.dumps(what), flush=True)


class Handler:
    def __init__(self):
        self.server = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        answers = {
            "nobody": f"550 5.1.1 <{address}> is not known here",
            "strange": "550 Nobody of this name",
            "later": "451 4.3.0 Too busy just now",
        }
        name = address.split("@")[0]
        if name == "hang":
            await asyncio.Event().wait()
        if name in answers:
            return answers[name]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        answers = {"spam": "550 5.7.1 This looks like spam", "full": "452 4.2.2 Mailbox full"}
        if name in answers:
            return answers[name]
        say(to=envelope.rcpt_tos, sender=envelope.mail_from, content=envelope.original_content.decode("latin-1"),
            tls=server.transport.get_extra_info("sslcontext") is not None, hello=session.host_name)
        if name == "vanish":
            server.transport.abort()
        if name == "mute":
            await asyncio.Event().wait()
        return "250 2.0.0 OK"


class Server(SMTP):
    async def smtp_DATA(self, arg):
        if self.envelope.rcpt_tos and self.envelope.rcpt_tos[0].startswith("cut@"):
            await self.push("354 Go on")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


async def main():
    mode = sys.argv[1]
    context = None
    if mode != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
    account = tuple(word.encode() for word in sys.argv[4:6])

    def check(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == account, handled=False)

    def make():
        return Server(
            Handler(), hostname="mail.test", enable_SMTPUTF8=False,
            tls_context=context if mode == "starttls" else None, require_starttls=mode == "starttls",
            authenticator=check if account else None, auth_required=bool(account),
            auth_require_tls=mode == "starttls",
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(make, "127.0.0.1", 0, ssl=context if mode == "smtps" else None)
    say(port=server.sockets[0].getsockname()[1])
    # Nobody left at the other end of standard input: nobody needs us.
    await loop.run_in_executor(None, sys.stdin.read)
    sys.stdout.flush()
    # Letters that hang would keep an orderly end waiting.
    os._exit(0)


asyncio.run(main())
