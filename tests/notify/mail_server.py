"""A mail server small enough to read, that takes, refuses or hangs up as a test wants."""

import contextlib
import email
import email.policy
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """`answer` sees each mail before it is taken: a line such as "550 no" refuses it, None hangs up.

    `knows` is asked for each address before any mail is sent: what it answers stands for RCPT.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[EmailMessage] = []
        self.knows: Callable[[str], str] = lambda _address: "250 ok"
        self.answer: Callable[[EmailMessage], str | None] = lambda _mail: "250 taken"

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def told(self) -> list[tuple[str, str]]:
        """To whom, with which Message-ID, in the order in which they came."""
        return [(mail["To"], mail["Message-ID"]) for mail in self.mails]


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"QUIT":
                return self._say("221 bye")
            if verb == b"RCPT":
                self._say(self.server.knows(line.decode().partition("<")[2].partition(">")[0]))
            elif verb != b"DATA":
                self._say("250 ok")
            elif not self._take():
                return None
        return None

    def _take(self) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        answer = self.server.answer(mail)
        if answer is None:
            return False
        if answer.startswith("250"):
            self.server.mails.append(mail)
        self._say(answer)
        return True

    def _say(self, line: str) -> None:
        # The other end may have been killed, as the test wished.
        with contextlib.suppress(OSError):
            self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def listening() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
