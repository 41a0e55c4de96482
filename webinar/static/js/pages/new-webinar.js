// A new webinar most likely happens in the zone of whoever makes it.

const zone = document.querySelector("select[name=time_zone]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

// UTC is what the page begins with; a zone that came back with errors was chosen.
if (zone?.value === "UTC" && [...zone.options].some((option) => option.value === here)) zone.value = here;
