"""What every route may reach: the services that `app` composed, and the request's own facts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import HTTPConnection

from webinar.backup.pending import Restoring
from webinar.clock import Clock
from webinar.db import Database
from webinar.i18n import Catalogues
from webinar.limits import Limits
from webinar.mail.worker import MailWorker
from webinar.media.library import Library
from webinar.media.pictures import Pictures
from webinar.metrics import Metrics
from webinar.outbound import Outbound
from webinar.pages import Templates
from webinar.passwords import Passwords
from webinar.privacy.agreement import Agreement
from webinar.privacy.audit_check import Anchors
from webinar.privacy.eraser import Eraser
from webinar.privacy.journal import Journal
from webinar.privacy.prepared import PreparedExports
from webinar.privacy.processor import Processor
from webinar.privacy.retention import Retention
from webinar.privacy.statistics import StatisticsWork
from webinar.realtime.hub import Hub
from webinar.registration.compiled import Forms
from webinar.registration.desk import Desk
from webinar.signing import Signer
from webinar.site import Site
from webinar.static_files import StaticFiles


@dataclass(frozen=True, slots=True)
class Services:
    """The long-lived parts of one process. Built once, in `app`."""

    site: Site
    clock: Clock
    db: Database
    signer: Signer
    catalogues: Catalogues
    static: StaticFiles
    templates: Templates
    library: Library
    pictures: Pictures
    outbound: Outbound
    passwords: Passwords
    limits: Limits
    hub: Hub
    eraser: Eraser
    journal: Journal
    retention: Retention
    anchors: Anchors
    restoring: Restoring
    statistics: StatisticsWork
    processor: Processor
    agreements: Sequence[Agreement]
    exports: Path
    prepared: PreparedExports
    mail: MailWorker
    forms: Forms
    desk: Desk
    metrics: Metrics
    # What Prometheus shows to read them; empty: nobody may.
    metrics_token: str = field(repr=False)
    # The demo's folder of mails; None on every real installation.
    mailbox: Path | None


def services(connection: HTTPConnection) -> Services:
    """The services of the application that serves this request or socket."""
    found: Services = connection.app.state.services
    return found
