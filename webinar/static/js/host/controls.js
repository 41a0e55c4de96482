// <host-controls>: the picture as its makers see it, and the buttons that put it on and off the air.
// What the server wrote inside is for browsers without scripts.

import { html, nothing } from "../../vendor/lit.mjs";
import "../live-player.js";
import { Attempts } from "../lib/attempts.js";
import { confirmed } from "../lib/confirm.js";
import { t, tn } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { RoomElement } from "../lib/room.js";
import { theStanding } from "./standing.js";

// `name`: what the button is called where its words would also be those of a button of the player.
const STEPS = {
    "go-live": {
        words: () => t("Go live"),
        drawing: "radio",
        kind: "primary",
        sure: "primary",
        asks: (viewers) => ({
            title: t("Go live now?"),
            words: [
                t("The picture starts for everybody at once."),
                viewers ? tn("{count} person is waiting.", "{count} people are waiting.", viewers) : "",
            ].join(" "),
            button: t("Go live"),
        }),
    },
    pause: { words: () => t("Pause"), name: () => t("Pause the webinar"), drawing: "pause", kind: "" },
    resume: { words: () => t("Go on"), drawing: "play", kind: "primary" },
    end: {
        words: () => t("End"),
        drawing: "square",
        kind: "danger",
        sure: "danger primary",
        asks: (viewers) => ({
            title: t("End the webinar?"),
            words: [
                t("The picture stops, and chat and questions close. It can't be started again."),
                viewers ? tn("{count} person is watching.", "{count} people are watching.", viewers) : "",
            ].join(" "),
            button: t("End the webinar"),
        }),
    },
};

class HostControls extends RoomElement {
    #standing = theStanding();
    #attempts = new Attempts(this);
    #drawAgain = () => this.requestUpdate();

    connectedCallback() {
        this.replaceChildren();
        super.connectedCallback();
        this.#standing.addEventListener("change", this.#drawAgain);
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#standing.removeEventListener("change", this.#drawAgain);
    }

    render() {
        const { state, steps } = this.#standing.now;
        return html`
            <div class="host-preview">${this.#preview()}</div>
            <div class="host-steps">
                ${steps.length ? html`<div class="button-group">${steps.map((each) => this.#button(each))}</div>` : nothing}
                ${steps.map(({ missing }) => missing.map((each) => this.#missing(each)))}
                ${state === "draft" ? this.#draft() : nothing} ${state === "ended" ? this.#replay() : nothing}
                <p class="field-error" role="alert">${this.#attempts.problem("step")}</p>
            </div>
        `;
    }

    #preview() {
        const { preview, state } = this.#standing.now;
        const { title } = this.room.webinar;
        const unseen = {
            draft: t("Only you see this"),
            scheduled: t("Only you see this"),
            paused: t("Others see a break"),
            ended: this.#standing.now.replay.enabled ? "" : t("Only you see this"),
        };
        if (!preview) return html`<div class="stage"><p class="host-no-picture">${icon("video")}${t("No picture chosen yet")}</p></div>`;
        return html`
            <live-player muted src=${preview.url} mode=${preview.live ? "live" : "replay"} label=${t("Preview of {title}", { title })}>
            </live-player>
            ${unseen[state] ? html`<p class="badge host-preview-note">${icon("eye-off")}${unseen[state]}</p>` : nothing}
        `;
    }

    #button({ step, missing }) {
        const { words, name, drawing, kind } = STEPS[step];
        const off = missing.length > 0;
        return html`<button
            type="button"
            class="button ${kind} grow"
            aria-label=${name?.() ?? nothing}
            aria-disabled=${off ? "true" : nothing}
            aria-busy=${this.#attempts.isBusy("step") ? "true" : nothing}
            aria-describedby=${off ? "host-missing" : nothing}
            data-step=${step}
            @click=${() => !off && this.#press(step)}
        >
            ${icon(drawing)}${words()}
        </button>`;
    }

    #missing({ message, page }) {
        const address = this.#standing.editor(page);
        return html`<p class="host-missing" id="host-missing">
            ${icon("circle-alert")}
            <span>${t(message)} ${address ? html`<a href=${address} target="_blank">${t("Open the editor")}</a>` : nothing}</span>
        </p>`;
    }

    #draft() {
        const address = this.#standing.editor("details");
        return html`<p class="small soft">
            ${t("This is a draft that nobody else sees. Publish it first.")}
            ${address ? html`<a href=${address} target="_blank">${t("Open the editor")}</a>` : nothing}
        </p>`;
    }

    #replay() {
        const { enabled, possible } = this.#standing.now.replay;
        return html`
            <button
                type="button"
                class="button wide"
                aria-pressed=${enabled}
                aria-disabled=${possible ? nothing : "true"}
                aria-busy=${this.#attempts.isBusy("step") ? "true" : nothing}
                @click=${() => possible && this.#attempts.run("step", () => this.#standing.showReplay(!enabled))}
            >
                ${icon(enabled ? "eye" : "eye-off")}${enabled ? t("Replay is on") : t("Replay is off")}
            </button>
            <p class="small soft">
                ${possible
                    ? enabled
                        ? t("Whoever could watch can watch it again.")
                        : t("Switch it on to let people watch it again.")
                    : t("There is no recording to show yet.")}
            </p>
        `;
    }

    async #press(step) {
        const question = STEPS[step].asks?.(this.room.state.viewers);
        if (!question || (await confirmed({ ...question, kind: STEPS[step].sure }))) {
            await this.#attempts.run("step", () => this.#standing.take(step));
        }
    }
}

customElements.define("host-controls", HostControls);
