"""The code of a second step, as a phone makes it (RFC 6238)."""
import base64
import hashlib
import hmac
import time


def code(key, at=None):
    secret = base64.b32decode(key + "=" * (-len(key) % 8))
    counter = int((time.time() if at is None else at) // 30).to_bytes(8, "big")
    digest = hmac.new(secret, counter, hashlib.sha1).digest()
    number = int.from_bytes(digest[digest[-1] & 15:][:4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06d}"
