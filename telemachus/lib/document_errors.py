"""How it is said that a document is not taken, and how large one may be."""

from django.utils.translation import gettext as _

from telemachus.lib.errors import Refused

MAX_BYTES = 5_000_000
MAX_PAGES = 40


class DocumentError(Refused):
    """The sentence says what is wrong with the file, and what to do."""


def damaged() -> DocumentError:
    return DocumentError(_("This file is damaged. Open it, save it as PDF once more, and send that."))


def protected() -> DocumentError:
    return DocumentError(_("This file is protected by a password. Save it without one, and send that."))


def too_large() -> DocumentError:
    return DocumentError(_("This file is larger than 5 MB. Save it without pictures, or with smaller ones."))


def too_much() -> DocumentError:
    return DocumentError(_("This file unpacks to far more than a CV holds. Save it as PDF once more, and send that."))


def too_many_pages() -> DocumentError:
    return DocumentError(_("A CV of at most %(count)s pages, please.") % {"count": MAX_PAGES})


def has_script() -> DocumentError:
    return DocumentError(_("This file holds a script or starts something when it is opened. Print it to a new PDF."))


def has_macros() -> DocumentError:
    return DocumentError(_("This Word file holds macros. Save it as PDF, and send that."))


def has_attachments() -> DocumentError:
    return DocumentError(_("This file holds other files inside. Save it as PDF without them, and send that."))


def fetches() -> DocumentError:
    return DocumentError(_("This Word file fetches something from elsewhere when it is opened. Save it as PDF."))


def unknown_kind() -> DocumentError:
    return DocumentError(_("This is neither a PDF nor a Word file (.docx), whatever its name. Save it as PDF."))


def old_word() -> DocumentError:
    return DocumentError(_("This is an old Word file (.doc), or one with a password. Save it as PDF or as .docx."))


def empty() -> DocumentError:
    return DocumentError(_("This file is empty. Please choose the one that holds the CV."))
