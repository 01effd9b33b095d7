"""What no page may do to a browser."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Response, WebError

NOT_LOADED = "Failed to load resource"


class Faults:
    """Errors in the console (a breach of the policy on content is one), in scripts, of the server.

    A test that asks for a refusal says so: `faults.expected = {403}`.
    """

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.expected: set[int] = set()

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._script)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # The browser repeats in the console what `_response` judges.
        if message.type == "error" and not message.text.startswith(NOT_LOADED):
            self.seen.append(f"console: {message.text}")

    def _script(self, error: WebError) -> None:
        self.seen.append(f"script: {error.error}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.seen.append(f"{response.status} {response.request.method} {response.url}")
