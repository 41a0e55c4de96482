// Moments in the viewer's own zone, always with its name: <local-time data-style="long"><time datetime="…">…</time></local-time>
// What the server wrote stays for those without scripts.

import { locale } from "./i18n.js";

const STYLES = {
    long: { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
    medium: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
    date: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
    time: { hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
    clock: { hour: "2-digit", minute: "2-digit" },
};

/** A moment (Date, ISO text or milliseconds) in the viewer's zone; `style` is a name of STYLES. */
export function formatMoment(moment, style = "medium") {
    return formatter(style).format(new Date(moment));
}

/** The viewer's zone by its name in the page's language, as in "Central European Standard Time". */
export function zoneName(moment = Date.now()) {
    const parts = new Intl.DateTimeFormat(locale(), { timeZoneName: "long" }).formatToParts(new Date(moment));
    return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

const formatters = new Map();

function formatter(style) {
    const known = formatters.get(style);
    if (known) return known;
    const made = new Intl.DateTimeFormat(locale(), STYLES[style] ?? STYLES.medium);
    formatters.set(style, made);
    return made;
}

class LocalTime extends HTMLElement {
    connectedCallback() {
        const time = this.querySelector("time");
        const moment = Date.parse(time?.dateTime ?? "");
        if (Number.isNaN(moment)) return;
        time.textContent = formatMoment(moment, this.dataset.style);
        time.title = zoneName(moment);
    }
}

customElements.define("local-time", LocalTime);
