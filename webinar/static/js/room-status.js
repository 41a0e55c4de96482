// <room-status>: a strip that says when the room is not connected, or no longer for this person.
// <room-facts>: in the page's head, the state of the webinar and how many watch.

import { html, nothing } from "../vendor/lit.mjs";
import { endingOf } from "./lib/ending.js";
import { formatNumber, t, tn } from "./lib/i18n.js";
import { icon } from "./lib/icon.js";
import { RoomElement } from "./lib/room.js";

const PATIENCE = 1500; // a connection that is back by then was never gone

class RoomStatus extends RoomElement {
    static properties = { patient: { state: true } };

    #timer = null;

    constructor() {
        super();
        this.patient = true;
    }

    willUpdate() {
        const { status } = this.room;
        const lost = status === "waiting" || status === "offline" || (status === "connecting" && this.room.state.ready);
        if (!lost) {
            clearTimeout(this.#timer);
            this.#timer = null;
            this.patient = true;
        } else {
            this.#timer ??= setTimeout(() => (this.patient = false), PATIENCE);
        }
    }

    render() {
        return html`<div role="status">${this.#banner()}</div>`;
    }

    #banner() {
        const { status } = this.room;
        const ending = endingOf(this.room);
        if (ending) return banner("bad", "circle-alert", ending[1]);
        if (this.patient) return nothing;
        if (status === "offline") return banner("warn", "wifi-off", t("You are offline. The conversation goes on when you are back."));
        return banner("warn", "wifi-off", t("Connection lost. Reconnecting… What you write is sent then."));
    }
}

function banner(kind, drawing, words) {
    return html`<div class="banner strip ${kind}">${icon(drawing)}<div class="grow">${words}</div></div>`;
}

class RoomFacts extends RoomElement {
    connectedCallback() {
        this.replaceChildren();
        super.connectedCallback();
    }

    render() {
        if (endingOf(this.room)) return nothing;
        const { state, viewers } = { state: this.room.webinar?.state, viewers: this.room.state.viewers };
        return html`
            ${stateBadge(state)}
            ${this.room.state.ready && viewers
                ? html`<span class="presence" title=${tn("{count} person is watching", "{count} people are watching", viewers)}>
                      ${icon("users")}<span aria-hidden="true">${formatNumber(viewers)}</span>
                      <span class="visually-hidden">${tn("{count} person is watching", "{count} people are watching", viewers)}</span>
                  </span>`
                : nothing}
        `;
    }
}

/** The state of a webinar as a badge. */
export function stateBadge(state) {
    const badges = {
        draft: () => ["", t("Draft")],
        scheduled: () => ["accent", t("Not started")],
        live: () => ["live", t("Live")],
        paused: () => ["warn", t("Paused")],
        ended: () => ["", t("Over")],
    };
    const [kind, words] = badges[state]?.() ?? ["", ""];
    return words ? html`<span class="badge ${kind}">${words}</span>` : nothing;
}

customElements.define("room-status", RoomStatus);
customElements.define("room-facts", RoomFacts);
