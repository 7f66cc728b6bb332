"""What can go wrong, one class for each kind of reaction."""


class ChannelError(Exception):
    """The base of every error of this package."""


class ChannelNotFoundError(ChannelError):
    """There is no channel of that name."""


class ChannelMismatchError(ChannelError):
    """The file is not a channel, or not of the layout, or not of the messages, that this program knows."""


class ChannelCorruptError(ChannelError):
    """Another program wrote into the file: what stands there, no participant can have made."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        #: Where the corrupt record stands, in bytes since the channel was made; None if it is the header.
        self.position = position


class ChannelFileError(ChannelError):
    """The system refuses the file: permissions, its kind, its owner."""


class ChannelInUseError(ChannelError):
    """The receiver's place, or every sender slot, is taken."""


class ChannelRetiredError(ChannelError):
    """The channel was deleted or replaced. Open it anew."""


class ChannelCompletedError(ChannelError):
    """Every sender has left and everything was received."""


class ReceiverGoneError(ChannelError):
    """The channel is full and no receiver is attached to make room."""


class MessageTooLargeError(ChannelError):
    """The message is longer than the channel takes."""


class MessageFormatError(ChannelError):
    """A payload cannot be the message that its record says."""


class SchemaFormatError(ChannelError):
    """A text is not a schema."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"Line {line} of the schema: {problem}.")
        #: The line, from 1.
        self.line = line
