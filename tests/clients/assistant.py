"""Talk to the MCP server of docs/bi.md as an assistant does: one tool call a line of stdin.

Runs in the server's own environment. Takes the command line and the environment of the server as
JSON. A line is `{"tool": …, "arguments": …}`; the answer is a line with `answer` or `error`.
"""

import asyncio
import json
import sys

from fastmcp import Client
from fastmcp.client.transports import StdioTransport
from fastmcp.exceptions import ToolError


async def serve(command, arguments, env):
    """Start the server, and answer lines until stdin ends."""
    async with Client(StdioTransport(command, arguments, env=env)) as client:
        tools = [tool.name for tool in await client.list_tools()]
        print(json.dumps({"tools": tools}), flush=True)
        for line in sys.stdin:
            call = json.loads(line)
            try:
                found = await client.call_tool(call["tool"], call["arguments"])
                answer = {"answer": json.loads(found.content[0].text)}
            except ToolError as error:
                answer = {"error": str(error)}
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(**json.loads(sys.argv[1])))
