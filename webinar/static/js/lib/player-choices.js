// What a person chose in the player, for this visit: volume, captions, language of the sound.

import { language } from "./i18n.js";
import { keep, recall } from "./storage.js";

const VOLUME = "player.volume";
const MUTED = "player.muted";
const CAPTIONS = "player.captions";
const SOUND = "player.sound";

/** Applies earlier choices to a <live-video> and keeps the next ones. Returns what to call when it is gone. */
export function rememberChoices(video) {
    const watching = new AbortController();
    const listen = (target, name, act) => target.addEventListener(name, act, { signal: watching.signal });
    video.volume = recall(VOLUME, 1);

    listen(video, "volumechange", () => keepVolume(video.volume));
    listen(video.textTracks, "addtrack", () => !video.api && showCaptions(video));
    listen(video.textTracks, "change", () => video.readyState > 0 && keepCaptions(video));
    listen(video.audioTracks, "addtrack", () => queueMicrotask(() => chooseSound(video)));
    listen(video.audioTracks, "change", () => keepSound(video));
    return () => watching.abort();
}

/** The captions of before, for hls.js's configuration. */
export function captionsWanted() {
    const lang = recall(CAPTIONS);
    return lang ? { subtitlePreference: { lang } } : {};
}

/** Whether the person wants silence; null while they have not said. */
export function wantsSilence() {
    return recall(MUTED);
}

export function keepSilence(muted) {
    keep(MUTED, muted);
}

// Muting, and the start itself, are told as a change of volume too: only a choice is kept (G12).
function keepVolume(volume) {
    if (volume !== recall(VOLUME, 1)) keep(VOLUME, volume);
}

// Where the browser plays by itself; hls.js is told by its configuration.
function showCaptions(video) {
    const wanted = recall(CAPTIONS);
    if (!wanted) return;
    for (const track of captionsOf(video)) {
        if (track.language === wanted && track.mode !== "showing") track.mode = "showing";
    }
}

function keepCaptions(video) {
    const shown = captionsOf(video).find(({ mode }) => mode === "showing");
    keep(CAPTIONS, shown?.language ?? "");
}

function captionsOf(video) {
    return [...video.textTracks].filter(({ kind }) => kind === "captions" || kind === "subtitles");
}

// The page's own language comes before the stream's default.
function chooseSound(video) {
    const tracks = [...video.audioTracks];
    const wanted = recall(SOUND) ?? language();
    const match = tracks.find((track) => track.language === wanted);
    if (!match || match.enabled) return;
    for (const track of tracks) track.enabled = track === match;
}

function keepSound(video) {
    const chosen = [...video.audioTracks].find(({ enabled }) => enabled);
    if (chosen && video.readyState > 0) keep(SOUND, chosen.language);
}
