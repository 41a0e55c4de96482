// The time left until a moment: <count-down until="2026-11-23T13:00:00Z"></count-down>. Sends "elapsed" when it is over.
// The server's clock counts, not the viewer's: data-now on the html element tells it, and the difference is kept.

import { t, tn } from "./i18n.js";

const SECOND = 1000;
const UNITS = [
    ["days", 86400],
    ["hours", 3600],
    ["minutes", 60],
    ["seconds", 1],
];
const LAST_WORD = { days: dayWord, hours: hourWord, minutes: minuteWord, seconds: secondWord };

/** Milliseconds by which the server's clock is ahead of this browser's. */
export const clockSkew = (() => {
    const told = Date.parse(document.documentElement.dataset.now ?? "");
    const opened = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0);
    return Number.isNaN(told) ? 0 : told - opened;
})();

/** Whole seconds of each unit: [["days", 0], ["hours", 1], …]; days only where there are some. */
export function split(seconds) {
    let rest = Math.max(0, Math.round(seconds));
    const parts = UNITS.map(([unit, size]) => {
        const amount = Math.floor(rest / size);
        rest -= amount * size;
        return [unit, amount];
    });
    return parts[0][1] ? parts : parts.slice(1);
}

class CountDown extends HTMLElement {
    static observedAttributes = ["until"];
    #timer = 0;

    connectedCallback() {
        this.#tick();
    }

    disconnectedCallback() {
        clearTimeout(this.#timer);
    }

    attributeChangedCallback() {
        if (this.isConnected) this.#tick();
    }

    #tick() {
        clearTimeout(this.#timer);
        const until = Date.parse(this.getAttribute("until") ?? "");
        if (Number.isNaN(until)) return;
        const left = until - Date.now() - clockSkew;
        this.#show(split(left / SECOND));
        if (left <= 0) {
            this.dispatchEvent(new Event("elapsed", { bubbles: true }));
            return;
        }
        this.#timer = setTimeout(() => this.#tick(), left % SECOND || SECOND);
    }

    // Seconds would be noise to those who listen: they get the words without them, and only when they ask.
    #show(parts) {
        const frame = document.createElement("span");
        frame.className = "countdown";
        frame.setAttribute("role", "timer");
        frame.setAttribute("aria-label", describe(parts));
        for (const [unit, amount] of parts) {
            const part = document.createElement("span");
            part.setAttribute("aria-hidden", "true");
            const label = document.createElement("span");
            label.className = "unit";
            label.textContent = LAST_WORD[unit](amount);
            part.append(String(amount).padStart(unit === "days" ? 1 : 2, "0"), label);
            frame.append(part);
        }
        this.replaceChildren(frame);
    }
}

function describe(parts) {
    const words = parts.filter(([unit, amount]) => unit !== "seconds" && amount).map(([unit, amount]) => `${amount} ${LAST_WORD[unit](amount)}`);
    return words.length ? words.join(", ") : t("Less than a minute");
}

function dayWord(count) {
    return tn("day", "days", count);
}

function hourWord(count) {
    return tn("hour", "hours", count);
}

function minuteWord(count) {
    return tn("minute", "minutes", count);
}

function secondWord(count) {
    return tn("second", "seconds", count);
}

customElements.define("count-down", CountDown);
