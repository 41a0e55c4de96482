"""The webinar as a calendar entry (iCalendar, RFC 5545). It names no participant: calendars are shared."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event
from icalendar.enums import STATUS

from webinar.models import Account, Webinar
from webinar.site import Site

CONTENT_TYPE = "text/calendar; method=PUBLISH; charset=utf-8"
FILE_NAME = "webinar.ics"
ALARM = timedelta(minutes=-10)


def calendar_file(webinar: Webinar, account: Account, site: Site, now: datetime) -> bytes | None:
    """The `.ics` file of a webinar; None while it has no time.

    The UID stays the same and SEQUENCE grows with every change, so that a newer file replaces the older entry.
    """
    if webinar.starts_at is None:
        return None
    starts_at = webinar.starts_at.astimezone(ZoneInfo(webinar.time_zone))
    url = site.url(f"/w/{webinar.id}/watch")
    event = Event.new(
        uid=f"{webinar.id}@{site.hosts[0]}",
        sequence=webinar.state_seq,
        stamp=now,
        start=starts_at,
        end=starts_at + timedelta(minutes=webinar.duration_minutes),
        summary=webinar.title,
        description=url,
        location=url,
        url=url,
        status=STATUS.CONFIRMED,
    )
    event.add("categories", [account.name])
    alarm = Alarm.new(description=webinar.title)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", ALARM)
    event.add_component(alarm)
    calendar = Calendar.new(prodid="-//webinar//webinar//EN", method="PUBLISH", subcomponents=[event])
    day = starts_at.date()
    calendar.add_missing_timezones(first_date=day - timedelta(days=366), last_date=day + timedelta(days=366))
    content: bytes = calendar.to_ical()
    return content
