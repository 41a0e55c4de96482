/**
 * The console's keys. They do nothing while somebody types or a dialog is open, never take a step on the air, and can be
 * switched off (WCAG 2.2, 2.1.4): `switchShortcuts(false)` lasts for the visit.
 */

import { keep, recall } from "../lib/storage.js";

const KEPT = "host-shortcuts";

/** `keys` maps what a key press types to what it does. */
export function listenForShortcuts(keys) {
    document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !shortcutsAreOn()) return;
        if (event.target.closest("input, textarea, select, dialog, live-player, [contenteditable]")) return;
        if (document.querySelector("dialog[open]")) return;
        const act = keys[event.key];
        if (!act) return;
        event.preventDefault();
        act();
    });
}

export function shortcutsAreOn() {
    return recall(KEPT, true);
}

export function switchShortcuts(on) {
    keep(KEPT, on);
}
