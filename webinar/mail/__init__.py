"""Mail: an outbox without content, composers that write at the last moment, and two ways out.

A domain function enqueues (`outbox.enqueue_mail`) in its own unit of work; after the commit the edge calls
`services.mail.wake()`. The worker claims what is due, asks the composer of its kind for a `Letter`, and hands the
message to the transport.
"""

from webinar.mail.letter import Attachment, Button, Code, Facts, Letter, Part, Text
from webinar.mail.outbox import enqueue_mail, enqueue_mails

__all__ = ["Attachment", "Button", "Code", "Facts", "Letter", "Part", "Text", "enqueue_mail", "enqueue_mails"]
