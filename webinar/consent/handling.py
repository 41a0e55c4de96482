"""What a consent record tells of the data beside the answer. It is passed in: forms and hosting belong to floors above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from webinar.models import Account, DataClass

# Storage has a place, said or not.
UNSAID = "servers that the controller has chosen; where they are has not been said"


@dataclass(frozen=True, slots=True)
class DataItem:
    """One field of the form that a person filled in, with its words in each language, and what kind of data it asks for.

    `term` is that kind in the W3C's Data Privacy Vocabulary (pd:EmailAddress); empty where there is none.
    """

    key: str
    words: Mapping[str, str]
    data_class: DataClass
    term: str
    required: bool

    def label(self, language: str) -> tuple[str, str]:
        """The words in `language`, else in the first one there is, and the language they are in."""
        if language not in self.words:
            language = next(iter(self.words), language)
        return self.words.get(language, self.key), language


@dataclass(frozen=True, slots=True)
class Handling:
    """How the data is handled that consents cover. `data` is by purpose: what may be used for it.

    `storage` is where it is kept, in words; `own_data` the address at which a person withdraws and uses their rights.
    """

    account: Account
    data: Mapping[UUID, Sequence[DataItem]]
    storage: str
    own_data: str

    def items(self, purpose_id: UUID) -> Sequence[DataItem]:
        """The fields that the form which the person filled in declares for this purpose, in its order."""
        return self.data.get(purpose_id, ())
