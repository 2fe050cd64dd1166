"""What the twins in Python share: everything but the way they take an order."""

import asyncio
import json
import os
import signal

IO_SECONDS = int(os.environ["PLAN_IO_MS"]) / 1000


def checksum(order_id):
    x = 0x811C9DC5
    for byte in order_id.encode():
        x = ((x ^ byte) * 0x01000193) & 0xFFFFFFFF
    for _ in range(int(os.environ["PLAN_CPU_US"]) * 400):
        x = ((x ^ (x >> 15)) * 0x2C1B3C6D + 1) & 0xFFFFFFFF
    return x


def taken(order):
    return {**order, "checksum": checksum(order["id"])}


def serve(place):
    """place(order) gives the body of a 201."""

    async def connected(reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = head.partition("content-length: ")[2].partition("\r\n")[0]
                body = await reader.readexactly(int(length or 0))
                told = await place(json.loads(body)) if body else {}
                text = json.dumps(told).encode()
                status = b"201 Created" if body else b"200 OK"
                size = str(len(text)).encode()
                writer.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: " + size + b"\r\n\r\n" + text)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def live():
        # All requests are answered when the experiment stops a program.
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        port = int(os.environ["PORT"])
        server = await asyncio.start_server(connected, "127.0.0.1", port, backlog=4096)
        await server.serve_forever()

    asyncio.run(live())
