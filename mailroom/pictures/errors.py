"""Why a picture cannot be taken: each message tells a volunteer what is wrong and what to do."""

from __future__ import annotations

from mailroom.errors import Refusal


class PictureError(Refusal):
    """This file is no usable picture."""


class EmptyFileError(PictureError):
    """There is nothing in the file."""

    def __init__(self) -> None:
        super().__init__("The file is empty. Scan this card again.")


class TruncatedError(PictureError):
    """The end of the file is missing."""

    def __init__(self) -> None:
        super().__init__("The end of the file is missing. Scan this card again.")


class WrongTypeError(PictureError):
    """The content is no kind of picture that we take, whatever its name says."""

    def __init__(self, suffix: str, content: str) -> None:
        called = f"The file is called {suffix} but" if suffix else "The file"
        super().__init__(
            f"{called} is {content}. Scan this card again and save it as JPEG, PNG, TIFF, WebP or PDF."
        )


class TooManyBytesError(PictureError):
    """The file is larger than the settings allow."""

    def __init__(self, bytes_max: int) -> None:
        super().__init__(
            f"The file is larger than {bytes_max / 1e6:,.0f} MB. Scan this card again at 300 dpi."
        )


class TooManyPixelsError(PictureError):
    """A page is larger than the settings allow."""

    def __init__(self, pixels_max: int) -> None:
        super().__init__(
            f"A page has more than {pixels_max / 1e6:,.0f} million pixels. Scan this card again at 300 dpi."
        )


class TooManyPagesError(PictureError):
    """There are more pages than the settings allow."""

    def __init__(self, pages_max: int) -> None:
        super().__init__(f"The file has more than {pages_max} pages. Split it and put the parts in again.")


class EncryptedError(PictureError):
    """The PDF opens only with a password."""

    def __init__(self) -> None:
        super().__init__("The PDF is locked with a password. Save it without one, or scan this card again.")


class UnreadablePictureError(PictureError):
    """The file is damaged, or of a variant that we cannot decode."""

    def __init__(self) -> None:
        super().__init__("The picture is damaged and cannot be opened. Scan this card again.")


class MissingPageError(PictureError):
    """The file has no page of this number."""

    def __init__(self, page: int) -> None:
        super().__init__(f"The file has no page {page + 1}.")
