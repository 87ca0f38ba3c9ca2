"""A mail server for tests, on a port of its own, that answers as it is told to."""
from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

PLAN_ENDS = "ok"


class Sink:
    """`plan`: how to treat the coming mails, one word each, and `ok` after that. `taken`: the mails it accepted."""

    def __init__(self) -> None:
        self.plan: list[str] = []
        self.taken: list[Message] = []
        self.asked: list[str] = []
        self.port = 0

    def next(self) -> str:
        return self.plan.pop(0) if self.plan else PLAN_ENDS

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self.talk(reader, writer)
        finally:
            writer.close()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(words: str) -> None:
            writer.write(words.encode() + b"\r\n")
            await writer.drain()

        how = None
        await say("220 sink")
        while line := (await reader.readline()).decode():
            verb = line.split(":")[0].split()[0].upper()
            if verb == "MAIL":
                how = self.next()
                self.asked.append(how)
            if how == f"hang-{verb.lower()}":
                await asyncio.sleep(3600)
            if how == f"drop-{verb.lower()}":
                break
            if how and how.endswith(verb.lower()) and how[:3].isdigit():
                await say(f"{how[:3]} no, person@example.org")
                continue
            if verb == "DATA":
                await say("354 go on")
                text = await reader.readuntil(b"\r\n.\r\n")
                if how == "drop-before-taking":
                    break
                if how == "hang-before-taking":
                    await asyncio.sleep(3600)
                if how and how.endswith("text"):
                    await say(f"{how[:3]} no")
                    continue
                self.taken.append(message_from_bytes(text[:-5]))
                if how == "drop-after-taking":
                    break
            if verb == "QUIT":
                await say("221 bye")
                break
            await say("250 ok")


@contextmanager
def running_sink() -> Iterator[Sink]:
    """The server in a thread of its own, until the block ends."""
    sink, loop = Sink(), asyncio.new_event_loop()
    ready = threading.Event()

    async def main() -> None:
        server = await asyncio.start_server(sink.serve, "127.0.0.1", 0)
        sink.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)

    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=[main()])
    thread.start()
    ready.wait(5)
    try:
        yield sink
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)
        loop.close()
