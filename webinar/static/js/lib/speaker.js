/** Tells screen readers what happened, politely and at most every few seconds: one region, one sentence. */

import { html } from "../../vendor/lit.mjs";

const PAUSE = 5000;

export class Speaker {
    #host;
    #words = "";
    #next = null;
    #timer = null;

    /** `host` is the Lit element that draws `region()`. */
    constructor(host) {
        this.#host = host;
    }

    /** `compose` is called when it is time to speak, so that it can sum up what came in the meantime. */
    say(compose) {
        this.#next = compose;
        this.#timer ??= setTimeout(() => this.#speak());
    }

    region() {
        return html`<p class="visually-hidden" role="status">${this.#words}</p>`;
    }

    #speak() {
        this.#timer = null;
        if (!this.#next) return;
        this.#words = this.#next();
        this.#next = null;
        this.#host.requestUpdate();
        this.#timer = setTimeout(() => this.#speak(), PAUSE);
    }
}
