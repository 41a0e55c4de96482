// <live-video>: hls-video-element with what it lacks: word of hls.js's errors, a way back from them, and an end.
// Sends "trouble" (detail.reason: "network" | "media" | "unsupported") when something went wrong for good.

import { Hls, HlsVideoElement } from "../../vendor/player.mjs";

const MEND_AGAIN_AFTER = 5000; // ms; a second media error sooner than that is not mended in place

const CUES = "<style>video::cue { background: rgb(0 0 0 / 0.78); font-family: inherit; line-height: 1.35; }</style>";

export class LiveVideo extends HlsVideoElement {
    static getTemplateHTML = (...args) => HlsVideoElement.getTemplateHTML(...args) + CUES;
    #mendedAt = 0;
    #stopped = false;

    async load() {
        this.#stopped = false;
        await super.load();
        if (!this.isConnected) this.#stop();
        else if (this.api) this.api.on(Hls.Events.ERROR, (_, data) => this.#judge(data));
        else if (this.src && !this.nativeEl.canPlayType("application/vnd.apple.mpegurl")) this.#tell("unsupported");
    }

    connectedCallback() {
        super.connectedCallback?.();
        if (this.#stopped) this.load();
        // Without hls.js the browser plays by itself, and says only that it can't.
        this.addEventListener("error", () => !this.api && this.#tell("network"));
    }

    disconnectedCallback() {
        super.disconnectedCallback?.();
        this.#stop();
    }

    // Out of the page, hls.js would go on loading the stream for as long as the page is open.
    #stop() {
        this.#stopped = true;
        this.api?.destroy();
        this.api = null;
    }

    #judge({ fatal, type }) {
        if (!fatal) return;
        if (type === Hls.ErrorTypes.MEDIA_ERROR && performance.now() - this.#mendedAt > MEND_AGAIN_AFTER) {
            this.#mendedAt = performance.now();
            this.api.recoverMediaError();
            return;
        }
        this.#tell(type === Hls.ErrorTypes.NETWORK_ERROR ? "network" : "media");
    }

    #tell(reason) {
        this.dispatchEvent(new CustomEvent("trouble", { detail: { reason } }));
    }
}

customElements.define("live-video", LiveVideo);
