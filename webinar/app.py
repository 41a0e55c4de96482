"""The only place where everything meets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.exc import DataError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from webinar.accounts.mails import user_mails
from webinar.backup.pending import Restoring
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
from webinar.privacy.agreement import read_agreements
from webinar.privacy.audit_check import FOLDER, Anchors
from webinar.privacy.ballast import Ballast
from webinar.privacy.eraser import Eraser, Proof
from webinar.privacy.journal import Journal, installation_of
from webinar.privacy.leftovers import Leftovers, files_of_rows
from webinar.privacy.prepared import PreparedExports
from webinar.privacy.processor import FILE as PROCESSOR_FILE
from webinar.privacy.processor import read_processor
from webinar.privacy.request_mails import request_mails
from webinar.privacy.retention import Retention
from webinar.privacy.search import Search, searched_stores
from webinar.privacy.statistics import StatisticsWork
from webinar.privacy.warnings import retention_mails
from webinar.realtime.broker import open_broker
from webinar.realtime.drain import Drain
from webinar.realtime.hub import Hub, Tempo
from webinar.realtime.rate import Pace
from webinar.registration.address_mails import AddressMails
from webinar.registration.compiled import Forms
from webinar.registration.desk import Desk
from webinar.registration.mails import ParticipantMails
from webinar.registration.reminders import plan_reminders
from webinar.registration.renewal import plan_renewals
from webinar.registration.rights_mails import RightsMails
from webinar.routes import all_routes, errors
from webinar.routes.context import Services
from webinar.routes.middleware import all_middleware
from webinar.seal import Seal
from webinar.settings import Settings
from webinar.signing import Signer
from webinar.site import Site
from webinar.static_files import StaticFiles

# Answered close to the route; everything else by the middleware that knows what must not be told.
HANDLED = (WebinarError, HTTPException, UnicodeError, DataError)
PACKAGE = Path(__file__).parent
# In the data folder: files that exist only while somebody downloads them.
EXPORTS = "exports"
# In the data folder: files that were prepared for a purpose, until they expire.
PREPARED = "prepared"
# Mails as files, where no SMTP server is set.
MAILS = "mail"


def app_to_serve(settings: Settings, *, figures: Path | None = None) -> Starlette:
    """`create_app` for a process that people visit: every page is compiled before the first is asked for."""
    app = create_app(settings, figures=figures)
    services: Services = app.state.services
    services.templates.compile_all()
    return app


def create_app(settings: Settings, *, clock: Clock | None = None, figures: Path | None = None) -> Starlette:
    """The application of one installation. Its database must be migrated (`webinar migrate`).

    In `figures`, a folder, processes that share a port put theirs together.
    """
    services = compose(settings, clock or SystemClock(), Metrics(figures))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await services.db.check()
        try:
            async with _at_work(services):
                yield
        finally:
            await services.eraser.close()
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


@asynccontextmanager
async def _at_work(services: Services) -> AsyncIterator[None]:
    """Keeps the background work going. After a restore it begins when the erased are erased again: nobody gets a
    mail before, and the doors (`routes.middleware.doors`) stay shut.
    """
    begun, over = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await services.restoring.settle()
        async with (
            services.metrics.running(),
            services.mail.running(),
            services.hub.running(),
            services.retention.running(),
            services.statistics.running(),
        ):
            begun.set()
            await over.wait()

    async with asyncio.TaskGroup() as tasks:
        working = tasks.create_task(work(), name="background work")
        if not services.restoring.under_way:
            await begun.wait()
        try:
            yield
        finally:
            over.set()
            if not begun.is_set():
                working.cancel()


def compose(settings: Settings, clock: Clock, metrics: Metrics | None = None) -> Services:
    """Builds the services of one process from its settings."""
    processor, db = read_processor(settings.data_dir / PROCESSOR_FILE), Database(settings.database)
    catalogues, static, metrics = Catalogues(), StaticFiles.load(PACKAGE / "static"), metrics or Metrics()
    signer, library = _signer(settings, clock), Library(settings.data_dir / "media")
    templates, pictures = _templates(static, catalogues), Pictures(library, db, signer, clock)
    hub, prepared = _hub(settings, db, clock, pictures, metrics), _prepared(settings, db, clock)
    journal, eraser, anchors = _eraser(settings, db, clock, hub, signer)
    retention = Retention(db, clock, eraser, anchors, processor, prepared=prepared, rooms=hub)
    return Services(
        site=_site(settings),
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
        journal=journal,
        retention=retention,
        processor=processor,
        agreements=read_agreements(),
        statistics=StatisticsWork(db, clock, hub),
        anchors=anchors,
        restoring=Restoring(settings.data_dir, db, clock, eraser, retention=retention, anchors=anchors),
        exports=settings.data_dir / EXPORTS,
        prepared=prepared,
        mail=_mail(settings, db, clock, _writing(settings, templates, signer, catalogues, clock)),
        mailbox=_mailbox(settings),
    )


def _writing(
    settings: Settings, templates: Templates, signer: Signer, catalogues: Catalogues, clock: Clock
) -> Writing:
    site = _site(settings)
    mails = ParticipantMails(site, signer, catalogues, clock)
    addresses = AddressMails(mails, site, signer, catalogues, clock)
    to_participants = {**mails.composers(), **RightsMails(mails).composers(), **addresses.composers()}
    to_users = {**user_mails(signer, site), **retention_mails(site), **request_mails(site)}
    composers = {**to_users, **to_participants}
    return Writing(composers, templates, Sender(settings.mail_from, site.hosts[0]))


def _mail(settings: Settings, db: Database, clock: Clock, writing: Writing) -> MailWorker:
    transport = open_transport(settings.smtp_url.get_secret_value(), settings.data_dir / MAILS)
    return MailWorker(db, clock, transport, writing, planners=[plan_reminders, plan_renewals])


def _mailbox(settings: Settings) -> Path | None:
    """The folder of written mails that the demo shows."""
    shown = settings.demo and not settings.smtp_url.get_secret_value()
    return settings.data_dir / MAILS if shown else None


def _templates(static: StaticFiles, catalogues: Catalogues) -> Templates:
    return Templates(PACKAGE / "templates", static, catalogues)


def _signer(settings: Settings, clock: Clock) -> Signer:
    return Signer(settings.secret_key.get_secret_value(), clock)


def _site(settings: Settings) -> Site:
    return Site(settings.base_url, settings.hosts, settings.trusted_proxies, settings.demo)


def _hub(settings: Settings, db: Database, clock: Clock, pictures: Pictures, metrics: Metrics) -> Hub:
    broker = open_broker(settings.redis_url, metrics.broker_lag.observe)
    # Alone there is no other instance to go to: then the sooner this one ends, the sooner the next one begins.
    drain = Drain(settings.reconnects_per_second, settings.drain_seconds if settings.redis_url else 0.0)
    pace = Pace.of_participants(settings.messages_per_second)
    tempo = Tempo(drain, settings.heartbeat_seconds, pace)
    return Hub(db, clock, broker, pictures.recording_address, metrics, tempo=tempo)


def _prepared(settings: Settings, db: Database, clock: Clock) -> PreparedExports:
    return PreparedExports(db, clock, settings.data_dir / PREPARED)


def _eraser(
    settings: Settings, db: Database, clock: Clock, hub: Hub, signer: Signer
) -> tuple[Journal, Eraser, Anchors]:
    journal = Journal(db, settings.journal, installation_of(signer), clock)
    leftovers = Leftovers(db, files_of_rows(settings.data_dir), settings.data_dir / EXPORTS)
    seal, ballast = Seal(settings.sealing_secret), Ballast(settings.data_dir)
    search = Search(db, searched_stores(settings.data_dir, settings.journal))
    eraser = Eraser(db, clock, hub, leftovers, journal, proof=Proof(search, seal), ballast=ballast)
    return journal, eraser, Anchors(db, settings.data_dir / FOLDER, seal)
