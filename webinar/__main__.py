"""The command line: `webinar serve`, `webinar demo`, and what an operator does by hand."""

import asyncio
import os
import socket
import sys
from contextlib import closing
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import httpx
import typer
from typer.core import TyperGroup

from webinar import commands
from webinar.accounts.accounts import AccountData, any_account, create_account
from webinar.accounts.links import link_token, send_link
from webinar.accounts.users import NewUser
from webinar.addresses import normal_address
from webinar.app import app_to_serve
from webinar.client import TicketRefused
from webinar.commands import DataDir, settings_of, settings_there, work_with
from webinar.demo.run import as_json, as_text, run_demo
from webinar.errors import Invalid, Unavailable
from webinar.flood.run import Plan, run_flood
from webinar.logs import configure_logs
from webinar.models import Role, UserTokenKind
from webinar.proving.command import prove_erasure
from webinar.routes.api.flood import flood_proof
from webinar.routes.context import Services
from webinar.schema import migrate
from webinar.server import listen, serve
from webinar.workers import missing_for_workers, serve_workers


class PlainWords(TyperGroup):
    """Commands that end in a sentence, whichever of them finds that a part of the installation does not answer."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except Unavailable as error:
            print(error, file=sys.stderr)
            raise typer.Exit(1) from error


Port = Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 picks one.")]

cli = typer.Typer(
    cls=PlainWords,
    help="A self-hosted, privacy-first webinar platform.",
    no_args_is_help=True,
    add_completion=False,
)
cli.command("backup")(commands.backup)
cli.command("backup-key")(commands.backup_key)
cli.command("restore")(commands.restore)
cli.command("breach-report")(commands.breach_report)
cli.command("receipt-key")(commands.receipt_key)
cli.command("verify-receipt")(commands.verify_receipt)
cli.command("verify-audit")(commands.verify_audit)
cli.command("prove-erasure")(prove_erasure)


def main() -> None:
    """The entry point of the `webinar` command."""
    cli()


@cli.command()
def version() -> None:
    """Print the version."""
    print(metadata.version("webinar"))


@cli.command("migrate")
def migrate_database(data: DataDir = None) -> None:
    """Bring the database to this version's schema. `serve` does it by itself."""
    migrate(settings_of(data_dir=data).database)


@cli.command("serve")
def serve_installation(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Port = 8000,
    data: DataDir = None,
    workers: Annotated[
        int, typer.Option(min=1, help="Processes; more than one need PostgreSQL and Redis.")
    ] = 1,
) -> None:
    """Run this installation. Without settings: SQLite and everything else in the folder ./data."""
    try:
        listener = listen(host, port)
    except OSError as error:
        raise typer.BadParameter(f"can't listen on {host}:{port}: {error.strerror}") from error
    with closing(listener):
        settings = settings_of(data_dir=data, base_url=_own_url(host, listener))
        if workers > 1 and (missing := missing_for_workers(settings)):
            raise typer.BadParameter(f"several workers need {' and '.join(missing)}")
        configure_logs(settings.log_format)
        migrate(settings.database)
        if not work_with(settings, _has_accounts):
            print(
                'There is no account yet. Make the first one: webinar create-account "Organisation" you@example.org'
            )
        ready = partial(print, f"Ready at {settings.base_url}", flush=True)
        if workers == 1:
            serve(app_to_serve(settings), listener, ready)
            return
        serve_workers(settings, listener, workers, ready)


@cli.command("demo")
def show_demo(
    port: Port = 8000,
    data: Annotated[Path, typer.Option("--data", help="The demo's own data folder.")] = Path("demo-data"),
    *,
    as_one_line: Annotated[
        bool, typer.Option("--json", help="Print the addresses as one JSON line.")
    ] = False,
) -> None:
    """Run an example: three webinars with people, conversation and a picture, and a page that embeds one."""
    announce = as_json if as_one_line else as_text
    try:
        run_demo(port, data, lambda addresses: print(announce(addresses), flush=True))
    except OSError as error:
        raise typer.BadParameter(f"can't listen on port {port}: {error.strerror}") from error


def _named(organisation: str) -> str:
    if not organisation.strip():
        raise typer.BadParameter("Please name the organisation.")
    return organisation.strip()


def _address(email: str) -> str:
    try:
        return normal_address(email)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


@cli.command("create-account")
def make_account(
    organisation: Annotated[str, typer.Argument(help="The organisation's name.", callback=_named)],
    email: Annotated[str, typer.Argument(help="The first owner's e-mail address.", callback=_address)],
    name: Annotated[str, typer.Option(help="The first owner's name.")] = "",
    data: DataDir = None,
) -> None:
    """Add an account with its first owner, and print the link with which the owner chooses a password."""
    settings = settings_of(data_dir=data)
    migrate(settings.database)

    async def create(services: Services) -> str:
        now = services.clock.now()
        owner = NewUser(email=email, name=name or email.partition("@")[0], role=Role.OWNER)
        async with services.db.writing() as db:
            _, user = await create_account(db, AccountData(name=organisation), owner, now)
            link = await send_link(db, services.signer, user, UserTokenKind.INVITATION, now)
        return services.site.url(f"/welcome/#{link_token(services.signer, link)}")

    try:
        print(work_with(settings, create))
    except Invalid as error:
        raise typer.BadParameter("; ".join(error.fields.values()) or error.message) from error


@cli.command("flood-proof")
def prove_flood(
    webinar_id: Annotated[UUID, typer.Argument(help="An open webinar of this installation, made for that.")],
    data: DataDir = None,
) -> None:
    """Print what `webinar flood` asks for: a proof that the installation is yours. It works for two hours."""

    async def prove(services: Services) -> str:
        return flood_proof(services.signer, webinar_id)

    print(work_with(settings_there(data), prove))


@cli.command("flood")
def flood_installation(
    url: Annotated[str, typer.Argument(help="The installation, like https://webinar.example.org.")],
    webinar_id: Annotated[UUID, typer.Argument(help="An open webinar there, made for that.")],
    *,
    proof: Annotated[
        str,
        typer.Option(
            envvar="WEBINAR_FLOOD_PROOF",
            prompt="Proof (webinar flood-proof)",
            help="From `webinar flood-proof`.",
        ),
    ],
    viewers: Annotated[int, typer.Option(min=1, help="How many watch.")] = 1000,
    talkers: Annotated[int, typer.Option(min=0, max=200, help="How many of them write.")] = 5,
    seconds: Annotated[float, typer.Option(min=1, help="How long they write.")] = 30,
    ramp: Annotated[float, typer.Option(min=1, help="How many join each second.")] = 200,
) -> None:
    """Let thousands of viewers into a webinar of your own installation, and see who hears what when."""
    plan = Plan(url.rstrip("/"), webinar_id, proof, viewers, talkers, seconds, ramp)
    try:
        figures = asyncio.run(run_flood(plan))
    except (TicketRefused, httpx.TransportError) as error:
        raise typer.BadParameter(f"the installation does not let this in: {error}") from error
    print(figures.summary())
    if not figures.sound:
        raise typer.Exit(1)


def _own_url(host: str, listener: socket.socket) -> str | None:
    """What people reach the listener at, unless the operator said so."""
    if "WEBINAR_BASE_URL" in os.environ:
        return None
    return f"http://{host}:{listener.getsockname()[1]}"


async def _has_accounts(services: Services) -> bool:
    async with services.db.reading() as db:
        return await any_account(db)


if __name__ == "__main__":
    main()
