"""Every table of the house. Tables only: what happens with them lives on the floors above."""

from webinar.models.account import (
    NONE,
    Account,
    AuditEntry,
    Role,
    User,
    UserSession,
    UserToken,
    UserTokenKind,
)
from webinar.models.base import Basis, DataClass, Kept, Personal, declared
from webinar.models.consent import (
    ConsentRecord,
    ConsentState,
    NoticeKind,
    NoticeVersion,
    Purpose,
)
from webinar.models.interaction import (
    ChatMessage,
    MessageKind,
    Question,
    QuestionState,
    QuestionVote,
    SocketTicket,
)
from webinar.models.mail import OutgoingMail
from webinar.models.privacy import ErasureProof, ErasureReceipt, ErasureScope
from webinar.models.registration import (
    AdmissionClaim,
    Answer,
    FormVersion,
    Participant,
    ParticipantSession,
    ParticipantState,
    Registration,
)
from webinar.models.webinar import (
    Access,
    AssetKind,
    MediaAsset,
    MediaKind,
    Speaker,
    Webinar,
    WebinarState,
)

__all__ = [
    "NONE",
    "Access",
    "Account",
    "AdmissionClaim",
    "Answer",
    "AssetKind",
    "AuditEntry",
    "Basis",
    "ChatMessage",
    "ConsentRecord",
    "ConsentState",
    "DataClass",
    "ErasureProof",
    "ErasureReceipt",
    "ErasureScope",
    "FormVersion",
    "Kept",
    "MediaAsset",
    "MediaKind",
    "MessageKind",
    "NoticeKind",
    "NoticeVersion",
    "OutgoingMail",
    "Participant",
    "ParticipantSession",
    "ParticipantState",
    "Personal",
    "Purpose",
    "Question",
    "QuestionState",
    "QuestionVote",
    "Registration",
    "Role",
    "SocketTicket",
    "Speaker",
    "User",
    "UserSession",
    "UserToken",
    "UserTokenKind",
    "Webinar",
    "WebinarState",
    "declared",
]
