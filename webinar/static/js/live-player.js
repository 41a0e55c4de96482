// <live-player src="main.m3u8" mode="live" label="Title" poster="…">: the picture with its controls, accessible and in the
// page's language. Every browser that has Media Source plays through hls.js, others by themselves.
//
//   mode   "live": the live edge; "replay": a time line and the speed
//   muted  starts without sound and says nothing of it, as a preview does
//   Events: player-playing (the first picture is seen, detail.ms since the start), player-waiting, player-failed
//   (detail.reason: "network" | "media" | "unsupported"; it keeps trying unless unsupported), player-recovered,
//   player-ended. They bubble.

import { addTranslation, setLanguage } from "../vendor/player.mjs";
import { LitElement, createRef, html, ifDefined, nothing, ref } from "../vendor/lit.mjs";
import { icon } from "./lib/icon.js";
import { language, t } from "./lib/i18n.js";
import "./lib/live-video.js";
import { captionsWanted, keepSilence, rememberChoices, wantsSilence } from "./lib/player-choices.js";
import { playerLabels } from "./lib/player-labels.js";

addTranslation(language(), playerLabels());
setLanguage(language());

const FIRST_RETRY = 2000;
const LONGEST_RETRY = 20_000;

// Close to the edge, with a little patience: two segments behind, catching up gently.
const LIVE = {
    liveSyncDurationCount: 2,
    liveMaxLatencyDurationCount: 8,
    maxLiveSyncPlaybackRate: 1.08,
    backBufferLength: 20,
};
const COMMON = { enableWorker: false, capLevelToPlayerSize: true, startFragPrefetch: true, abrEwmaDefaultEstimate: 2e6 };

export class LivePlayer extends LitElement {
    static properties = {
        src: {},
        mode: {},
        poster: {},
        label: {},
        muted: { type: Boolean },
        trouble: { state: true },
        silenced: { state: true },
        clock: { state: true },
    };

    #video = createRef();
    #attempt = 0;
    #retry = 0;
    #startedAt = 0;
    #seen = false;
    #forget = null;

    constructor() {
        super();
        this.src = "";
        this.mode = "live";
        this.trouble = "";
        this.silenced = false;
        this.clock = "";
    }

    // In the page itself: the site's styles reach it, and labels stay where tools look for them.
    createRenderRoot() {
        return this;
    }

    connectedCallback() {
        super.connectedCallback();
        this.#startedAt = performance.now();
        // A title attribute would hang over the picture as a tooltip.
        this.label ??= this.getAttribute("title") ?? undefined;
        this.removeAttribute("title");
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        clearTimeout(this.#retry);
        this.#forget?.();
    }

    firstUpdated() {
        this.#forget = rememberChoices(this.#video.value);
    }

    updated(changed) {
        if (changed.has("src") && changed.get("src") !== undefined) this.#reset();
    }

    get video() {
        return this.#video.value;
    }

    render() {
        return html`
            <media-controller
                class=${this.mode}
                aria-label=${ifDefined(this.label || undefined)}
                lang=${language()}
                defaultstreamtype=${this.mode === "replay" ? "on-demand" : "live"}
                autohide="3"
                nomutedpref
                novolumepref
                nosubtitleslangpref
            >
                ${this.#picture()}
                <div class="player-shade"></div>
                <media-loading-indicator slot="centered-chrome" noautohide></media-loading-indicator>
                ${this.silenced && !this.trouble ? this.#soundButton() : nothing} ${this.#bar()} ${this.#menus()}
            </media-controller>
            ${this.trouble ? this.#note() : nothing}
        `;
    }

    #config() {
        return { ...COMMON, ...(this.mode === "replay" ? {} : LIVE), ...captionsWanted() };
    }

    #picture() {
        return html`<live-video
            ${ref(this.#video)}
            slot="media"
            playsinline
            crossorigin
            .config=${this.#config()}
            poster=${ifDefined(this.poster || undefined)}
            src=${this.src || nothing}
            @loadedmetadata=${this.#start}
            @playing=${this.#playing}
            @waiting=${() => this.#tell("player-waiting")}
            @ended=${() => this.#tell("player-ended")}
            @timeupdate=${this.#timed}
            @durationchange=${this.#timed}
            @volumechange=${this.#volumeChanged}
            @trouble=${(event) => this.#fail(event.detail.reason)}
        ></live-video>`;
    }

    #menus() {
        return html`
            <media-captions-menu id="player-captions" anchor="player-captions-button" hidden></media-captions-menu>
            <media-audio-track-menu id="player-sound" anchor="player-sound-button" hidden></media-audio-track-menu>
            <media-rendition-menu id="player-quality" anchor="player-quality-button" hidden></media-rendition-menu>
            ${this.mode === "replay"
                ? html`<media-playback-rate-menu id="player-speed" anchor="player-speed-button" rates="0.75 1 1.25 1.5 2" hidden>
                  </media-playback-rate-menu>`
                : nothing}
        `;
    }

    #bar() {
        const replay = this.mode === "replay";
        return html`
            ${replay ? html`<media-time-range></media-time-range>` : nothing}
            <media-control-bar class="player-bar">
                <media-play-button></media-play-button>
                <media-mute-button></media-mute-button>
                <media-volume-range></media-volume-range>
                ${replay
                    ? html`<span class="player-clock">${this.clock}</span>`
                    : html`<media-live-button></media-live-button>`}
                <span class="player-spacer"></span>
                ${replay
                    ? html`<media-playback-rate-menu-button id="player-speed-button" invoketarget="player-speed">
                      </media-playback-rate-menu-button>`
                    : nothing}
                <media-captions-menu-button id="player-captions-button" invoketarget="player-captions"></media-captions-menu-button>
                <media-audio-track-menu-button id="player-sound-button" invoketarget="player-sound"></media-audio-track-menu-button>
                <media-rendition-menu-button id="player-quality-button" invoketarget="player-quality"></media-rendition-menu-button>
                <media-pip-button></media-pip-button>
                <media-fullscreen-button></media-fullscreen-button>
            </media-control-bar>
        `;
    }

    #soundButton() {
        return html`<button class="player-button player-sound" type="button" noautohide @click=${this.#unmute}>
            ${icon("volume-x")} ${t("Turn the sound on")}
        </button>`;
    }

    #note() {
        const unsupported = this.trouble === "unsupported";
        return html`<div class="player-note" role="alert">
            <p>
                ${unsupported
                    ? t("This browser can't play the picture. A current version of any browser can.")
                    : t("The picture can't be reached right now. We keep trying.")}
            </p>
            ${unsupported
                ? nothing
                : html`<button class="player-button" type="button" @click=${this.#again}>
                      ${icon("rotate-ccw")} ${t("Try again now")}
                  </button>`}
        </div>`;
    }

    // Browsers allow sound once a person has used the site; otherwise the picture starts without, and says so.
    async #start() {
        const { video } = this;
        video.muted = this.muted || (wantsSilence() ?? false);
        try {
            await video.play();
        } catch (error) {
            if (error.name !== "NotAllowedError") return;
            video.muted = true;
            this.silenced = true;
            await video.play().catch(() => {}); // A browser that saves power waits for a press on play.
        }
    }

    #unmute() {
        const { video } = this;
        video.muted = false;
        if (video.volume === 0) video.volume = 1;
        video.play().catch(() => {});
        this.querySelector("media-mute-button")?.focus();
    }

    #volumeChanged() {
        if (!this.video.muted) {
            this.silenced = false;
            keepSilence(false);
        } else if (!this.silenced && !this.muted) keepSilence(true);
    }

    #playing() {
        if (this.trouble) this.#tell("player-recovered");
        this.trouble = "";
        this.#attempt = 0;
        if (this.#seen) return;
        this.#seen = true;
        this.#tell("player-playing", { ms: Math.round(performance.now() - this.#startedAt) });
    }

    #timed() {
        if (this.mode !== "replay") return;
        const { currentTime, duration } = this.video;
        this.clock = Number.isFinite(duration) ? `${clock(currentTime)} / ${clock(duration)}` : clock(currentTime);
    }

    #fail(reason) {
        this.trouble = reason;
        this.#tell("player-failed", { reason });
        clearTimeout(this.#retry);
        if (reason === "unsupported") return;
        const wait = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.#attempt++);
        // Everybody lost the picture at once; they don't all come back at once.
        this.#retry = setTimeout(() => this.#again(), wait * (0.5 + Math.random() / 2));
    }

    #again() {
        clearTimeout(this.#retry);
        this.video.config = this.#config();
        this.video.load();
    }

    #reset() {
        clearTimeout(this.#retry);
        this.#attempt = 0;
        this.#seen = false;
        this.#startedAt = performance.now();
        this.trouble = "";
    }

    #tell(name, detail = {}) {
        this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
    }
}

function clock(seconds) {
    const whole = Math.floor(seconds);
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const shown = parts[0] ? parts : parts.slice(1);
    return shown.map((part, at) => (at ? String(part).padStart(2, "0") : part)).join(":");
}

customElements.define("live-player", LivePlayer);
