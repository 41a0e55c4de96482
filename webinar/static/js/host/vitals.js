// <host-vitals>: what a host has to see from the corner of an eye: the state, the clock, how many watch, the connection.
// <host-connection>: a strip that says what it means when the connection is gone.

import { html, nothing } from "../../vendor/lit.mjs";
import { formatNumber, t, tn } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { RoomElement } from "../lib/room.js";
import { theStanding } from "./standing.js";

const BADGES = {
    draft: () => ["", t("Draft")],
    scheduled: () => ["accent", t("Not started")],
    live: () => ["live", t("Live")],
    paused: () => ["warn", t("Paused")],
    ended: () => ["", t("Ended")],
};
const PATIENCE = 1500; // ms; a connection that is back by then was never gone
const DAY = 86_400;

class HostVitals extends RoomElement {
    #standing = theStanding();
    #ticking = null;

    connectedCallback() {
        this.replaceChildren();
        super.connectedCallback();
        this.#ticking = setInterval(() => this.requestUpdate(), 1000);
        this.#standing.addEventListener("change", this.#drawAgain);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        clearInterval(this.#ticking);
        this.#standing.removeEventListener("change", this.#drawAgain);
    }

    #drawAgain = () => this.requestUpdate();

    render() {
        const { viewers, ready } = this.room.state;
        const [kind, words] = BADGES[this.room.webinar.state]?.() ?? ["", ""];
        const connected = this.room.status === "open";
        return html`
            <p class="vital"><span class="badge ${kind}">${words}</span>${this.#clock()}</p>
            <p class="vital viewers" ?data-stale=${!connected} title=${t("People watching now")}>
                ${icon("users")}
                <strong class="number">${ready ? formatNumber(viewers) : "–"}</strong>
                <span class="vital-words">${tn("watching", "watching", viewers)}</span>
            </p>
            <p class="vital connection" data-connected=${connected}>
                <span class="dot"></span><span class="vital-words">${connected ? t("Connected") : t("Not connected")}</span>
            </p>
        `;
    }

    #clock() {
        const { state, starts_at, went_live_at, ended_at } = this.#standing.now;
        const since = (moment, until = this.#standing.time) => (until - Date.parse(moment)) / 1000;
        if (state === "scheduled" && starts_at) {
            const left = -since(starts_at);
            return timer(left, left >= 0 ? t("starts in") : t("late by"));
        }
        if (state === "ended" && went_live_at && ended_at) return timer(since(went_live_at, Date.parse(ended_at)), t("it took"));
        return went_live_at ? timer(since(went_live_at), "") : nothing;
    }
}

function timer(seconds, words) {
    return html`<span class="vital-clock" role="timer">${words ? html`<span class="vital-words">${words}</span> ` : nothing}<span
            class="number"
            >${spell(Math.floor(Math.abs(seconds)))}</span
        ></span>`;
}

function spell(seconds) {
    if (seconds >= 2 * DAY) return tn("{count} day", "{count} days", Math.floor(seconds / DAY));
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const shown = parts[0] ? parts : parts.slice(1);
    return shown.map((part, at) => (at ? String(part).padStart(2, "0") : part)).join(":");
}

class HostConnection extends RoomElement {
    #patience = null;
    #patient = true;

    willUpdate() {
        const { status, state } = this.room;
        const lost = status === "waiting" || status === "offline" || (status === "connecting" && state.ready);
        if (!lost) {
            clearTimeout(this.#patience);
            this.#patience = null;
            this.#patient = true;
            return;
        }
        this.#patience ??= setTimeout(() => {
            this.#patient = false;
            this.requestUpdate();
        }, PATIENCE);
    }

    render() {
        return html`<div role="alert">${this.#banner()}</div>`;
    }

    #banner() {
        const { status, why } = this.room;
        if (status === "closed" && why?.code) return banner("bad", "circle-alert", ending(why.code));
        if (this.#patient) return nothing;
        const words =
            status === "offline"
                ? t("You are offline. What you see is as it was; what you do is sent when you are back.")
                : t("Connection lost, reconnecting. What you see is as it was; what you do is sent when it is back.");
        return banner("warn", "wifi-off", words);
    }
}

function ending(code) {
    const again = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
    if (code === 4503 || code === 404) return t("This webinar has been deleted.");
    if (code === 403) return t("Your role no longer lets you run this webinar.");
    return html`${t("You are signed out, so nothing you do here arrives.")} <a href=${again}>${t("Sign in again")}</a>`;
}

function banner(kind, drawing, words) {
    return html`<div class="banner strip ${kind}">${icon(drawing)}<div class="grow">${words}</div></div>`;
}

customElements.define("host-vitals", HostVitals);
customElements.define("host-connection", HostConnection);
