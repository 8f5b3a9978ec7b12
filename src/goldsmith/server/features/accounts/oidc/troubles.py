"""Why a sign-in with an identity provider did not lead in. The sign-in page shows the words by the code."""

from enum import StrEnum


class Trouble(StrEnum):
    """A code that may stand in an address; its words are `WORDS[code]`."""

    UNREACHABLE = "unreachable"
    CANCELLED = "cancelled"
    REFUSED_THERE = "refused-there"
    STALE = "stale"
    NOT_BELIEVED = "not-believed"
    NO_EMAIL = "no-email"
    UNVERIFIED_EMAIL = "unverified-email"
    FOREIGN_DOMAIN = "foreign-domain"
    NOT_INVITED = "not-invited"
    OTHER_ADDRESS = "other-address"
    INVITATION_USED = "invitation-used"
    SHUT_OUT = "shut-out"
    CONNECTED_ELSEWHERE = "connected-elsewhere"
    OTHER_SESSION = "other-session"


WORDS: dict[Trouble, str] = {
    Trouble.UNREACHABLE: "The identity provider does not answer. Try again in a moment; if it stays so, tell whoever "
    "runs this server.",
    Trouble.CANCELLED: "You did not finish signing in at the provider. Nothing has changed; try again when you like.",
    Trouble.REFUSED_THERE: "The provider did not let you sign in to Goldsmith. Ask whoever looks after your account "
    "there whether you may use Goldsmith.",
    Trouble.STALE: "This sign-in was begun too long ago, in another browser, or was finished already. Begin again.",
    Trouble.NOT_BELIEVED: "The provider's answer could not be verified, so it was not used. Try again; if it stays so, "
    "tell whoever runs this server: its log says why.",
    Trouble.NO_EMAIL: "The provider did not tell your e-mail address, and without one nobody can be recognised. Ask "
    "whoever runs this server to let the provider tell it.",
    Trouble.UNVERIFIED_EMAIL: "The provider has not verified your e-mail address. Verify it there, then sign in again.",
    Trouble.FOREIGN_DOMAIN: "This server lets in addresses of certain domains only, and yours is not among them. Sign "
    "in with your work account.",
    Trouble.NOT_INVITED: "You proved who you are, but nobody has invited you here yet. Ask an owner of the workspace "
    "for an invitation to your address.",
    Trouble.OTHER_ADDRESS: "This invitation is for another e-mail address. Sign in with the address it was sent to.",
    Trouble.INVITATION_USED: "This invitation was used, taken back or has expired. Ask for a new one.",
    Trouble.SHUT_OUT: "Your account may not sign in any more. Ask an owner of the workspace if that is a mistake.",
    Trouble.CONNECTED_ELSEWHERE: "The account that you signed in to at the provider belongs to another person here, so "
    "it was not connected to yours. Nothing has changed. Sign in there with your own, or ask an owner if it is yours.",
    Trouble.OTHER_SESSION: "The session in which you began to connect this account has ended. Nothing has changed; "
    "sign in and begin again.",
}


class SignInRefused(Exception):  # noqa: N818  (it is no fault of the server's)
    """Somebody is not let in; `trouble` is for them, `reason` for the log."""

    def __init__(self, trouble: Trouble, reason: str = "") -> None:
        super().__init__(f"{trouble}: {reason}" if reason else str(trouble))
        self.trouble = trouble
        self.reason = reason
