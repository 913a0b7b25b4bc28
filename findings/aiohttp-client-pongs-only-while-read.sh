#!/bin/sh
# aiohttp 3.14.5: a websocket of the client answers pings only while somebody waits for a message.
#
# Guess: `ws_connect(..., autoping=True)`, the default, lets the library answer the server's pings by itself, so that a connection
#        that is only held open stays open.
# Seen: pings are answered inside `receive()`. A client that holds a connection and does something else is taken for dead by a
#       server with a heartbeat, which closes it half a heartbeat after its first ping; with a task that receives it lives.
# dimchat's load generators read each websocket that they hold.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check aiohttp==3.14.5 2>/dev/null
out=$("$folder/venv/bin/python" - <<'P'
import asyncio
import aiohttp
from aiohttp import web
ended = []
async def held(request):
    page = web.WebSocketResponse(heartbeat=0.4)
    await page.prepare(request)
    async for _ in page:
        pass
    ended.append(page.close_code)
    return page
async def main():
    app = web.Application()
    app.router.add_get("/", held)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    async with aiohttp.ClientSession() as session:
        async def listen(page):
            async for _ in page:
                pass
        for name, reads in (("held, never received from", False), ("held, and received from", True)):
            ended.clear()
            page = await session.ws_connect(url, autoping=True)
            task = asyncio.create_task(listen(page)) if reads else None
            await asyncio.sleep(2)
            print(f"{name}: after two seconds the server says {'closed, ' + str(ended[0]) if ended else 'open'}")
            await page.close()
    await runner.cleanup()
asyncio.run(main())
P
)
printf '%s\n' "$out"
printf '%s' "$out" | grep -q "held, never received from: after two seconds the server says closed, 1006" || exit 1
printf '%s' "$out" | grep -q "held, and received from: after two seconds the server says open" || exit 1
echo "as found"
