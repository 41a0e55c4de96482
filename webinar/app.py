"""The only place where everything meets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.exc import DataError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from webinar.accounts.mails import user_mails
from webinar.clock import Clock, SystemClock
from webinar.db import Database
from webinar.errors import WebinarError
from webinar.i18n import Catalogues
from webinar.limits import Limits
from webinar.mail.message import Sender
from webinar.mail.transport import open_transport
from webinar.mail.worker import MailWorker, Writing
from webinar.media.library import Library
from webinar.media.pictures import Pictures
from webinar.metrics import Metrics
from webinar.outbound import Outbound
from webinar.pages import Templates
from webinar.passwords import Passwords
from webinar.privacy.eraser import Eraser
from webinar.privacy.leftovers import Leftovers, files_of_rows
from webinar.privacy.retention import Retention
from webinar.privacy.warnings import retention_mails
from webinar.realtime.broker import open_broker
from webinar.realtime.drain import Drain
from webinar.realtime.hub import Hub
from webinar.registration.compiled import Forms
from webinar.registration.desk import Desk
from webinar.registration.mails import ParticipantMails
from webinar.registration.reminders import plan_reminders
from webinar.routes import all_routes, errors
from webinar.routes.context import Services
from webinar.routes.middleware import all_middleware
from webinar.settings import Settings
from webinar.signing import Signer
from webinar.site import Site
from webinar.static_files import StaticFiles

# Answered close to the route; everything else by the middleware that knows what must not be told.
HANDLED = (WebinarError, HTTPException, UnicodeError, DataError)
PACKAGE = Path(__file__).parent
# In the data folder: files that exist only while somebody downloads them.
EXPORTS = "exports"


def create_app(settings: Settings, *, clock: Clock | None = None) -> Starlette:
    """The application of one installation. Its database must be migrated (`webinar migrate`)."""
    services = compose(settings, clock or SystemClock())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await services.db.check()
        try:
            async with (
                services.metrics.running(),
                services.mail.running(),
                services.hub.running(),
                services.retention.running(),
            ):
                yield
        finally:
            await services.limits.close()
            await services.db.close()

    app = Starlette(
        routes=all_routes(),
        lifespan=lifespan,
        exception_handlers=dict.fromkeys(HANDLED, errors.answer),
        middleware=all_middleware(services.site),
    )
    app.state.services = services
    return app


def compose(settings: Settings, clock: Clock) -> Services:
    """Builds the services of one process from its settings."""
    catalogues = Catalogues()
    static = StaticFiles.load(PACKAGE / "static")
    signer = Signer(settings.secret_key.get_secret_value(), clock)
    site = Site(settings.base_url, settings.hosts, settings.trusted_proxies, settings.demo)
    db = Database(settings.database)
    templates = Templates(PACKAGE / "templates", static, catalogues)
    smtp_url, mail_folder = settings.smtp_url.get_secret_value(), settings.data_dir / "mail"
    library, metrics = Library(settings.data_dir / "media"), Metrics()
    pictures = Pictures(library, db, signer, clock)
    hub = _hub(settings, db, clock, pictures, metrics)
    eraser = _eraser(settings.data_dir, db, clock, hub)
    to_participants = ParticipantMails(site, signer, catalogues, clock).composers()
    composers = {**user_mails(signer, site), **retention_mails(site), **to_participants}
    mails = Writing(composers, templates, Sender(settings.mail_from, site.hosts[0]))
    return Services(
        site=site,
        clock=clock,
        db=db,
        signer=signer,
        catalogues=catalogues,
        static=static,
        templates=templates,
        library=library,
        pictures=pictures,
        outbound=Outbound(settings.media_hosts, origin=settings.base_url),
        passwords=Passwords(),
        forms=Forms(catalogues),
        desk=Desk(db, signer, clock),
        limits=Limits(signer, settings.redis_url),
        hub=hub,
        metrics=metrics,
        metrics_token=settings.metrics_token.get_secret_value(),
        eraser=eraser,
        retention=Retention(db, clock, eraser),
        exports=settings.data_dir / EXPORTS,
        mail=MailWorker(db, clock, open_transport(smtp_url, mail_folder), mails, planners=[plan_reminders]),
        mailbox=mail_folder if settings.demo and not smtp_url else None,
    )


def _hub(settings: Settings, db: Database, clock: Clock, pictures: Pictures, metrics: Metrics) -> Hub:
    broker = open_broker(settings.redis_url, metrics.broker_lag.observe)
    # Alone there is no other instance to go to: then the sooner this one ends, the sooner the next one begins.
    drain = Drain(settings.reconnects_per_second, settings.drain_seconds if settings.redis_url else 0.0)
    return Hub(
        db,
        clock,
        broker,
        pictures.recording_address,
        metrics,
        drain=drain,
        heartbeat=settings.heartbeat_seconds,
    )


def _eraser(data_dir: Path, db: Database, clock: Clock, hub: Hub) -> Eraser:
    return Eraser(db, clock, hub, Leftovers(db, files_of_rows(data_dir), data_dir / EXPORTS))
