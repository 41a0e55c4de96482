// <room-stage>: what is on: the wait, the picture, a pause, the replay, or thanks. It changes while one watches.
// What the server wrote inside shows until this has loaded, and for those without scripts.

import { html, nothing } from "../vendor/lit.mjs";
import { endingOf } from "./lib/ending.js";
import { t } from "./lib/i18n.js";
import { RoomElement } from "./lib/room.js";
import { formatMoment } from "./lib/time.js";

// An address of ours is signed anew each time it is given out; what it stands for comes before the first dot.
const SIGNATURE = /^(\/media\/[^./]+)\.[^/]+/;

class RoomStage extends RoomElement {
    static properties = { late: { state: true } };

    #picture = null;

    constructor() {
        super();
        this.late = false;
    }

    connectedCallback() {
        this.replaceChildren();
        super.connectedCallback();
    }

    /** The address to play: the one that plays already, while it stands for the same picture. */
    #address({ url, live }) {
        const same = (address) => address.replace(SIGNATURE, "$1");
        if (this.#picture?.live !== live || same(this.#picture.url) !== same(url)) this.#picture = { url, live };
        return this.#picture.url;
    }

    render() {
        const webinar = this.room.webinar;
        const { picture, state } = webinar;
        const ending = endingOf(this.room);
        if (ending) return note(ending[0], webinar.title, ending[1]);
        if (picture && (state === "live" || state === "ended")) return this.#player(webinar);
        this.#picture = null;
        switch (state) {
            case "live":
                return note(t("Live"), webinar.title, t("The picture will be here in a moment."));
            case "paused":
                return note(t("A short break"), webinar.title, t("It goes on here in a moment. Stay on this page."));
            case "ended":
                return note(t("This webinar is over"), t("Thank you for being here"), t("There is no recording to watch."));
            default:
                return this.#waiting(webinar);
        }
    }

    #player({ title, picture }) {
        return html`<live-player
            src=${this.#address(picture)}
            mode=${picture.live ? "live" : "replay"}
            label=${title}
        ></live-player>`;
    }

    #waiting({ title, starts_at }) {
        if (!starts_at) return note(t("Soon"), title, t("The start is not fixed yet. Stay on this page, it begins by itself."));
        const elapsed = this.late || Date.parse(starts_at) <= Date.now();
        return html`
            <div class="stage-note">
                <p class="stage-kicker">${elapsed ? t("Starting any moment") : t("Starts in")}</p>
                <h2>${title}</h2>
                ${elapsed
                    ? nothing
                    : html`<count-down until=${starts_at} @elapsed=${() => (this.late = true)}></count-down>`}
                <p>
                    <time datetime=${starts_at}>${formatMoment(starts_at, "long")}</time><br />
                    ${t("The picture appears here by itself.")}
                </p>
            </div>
        `;
    }
}

function note(kicker, title, words) {
    return html`
        <div class="stage-note" role="status">
            <p class="stage-kicker">${kicker}</p>
            <h2>${title}</h2>
            <p>${words}</p>
        </div>
    `;
}

customElements.define("room-stage", RoomStage);
