// The host console: its islands, the panes of small screens, the page's title and the keys.

import "../chat-panel.js";
import "./announcer.js";
import "./controls.js";
import "./question-queue.js";
import "./vitals.js";
import { openDialog } from "../lib/dialog.js";
import { formatNumber } from "../lib/i18n.js";
import { theRoom } from "../lib/room.js";
import { listenForShortcuts, shortcutsAreOn, switchShortcuts } from "./shortcuts.js";

const room = theRoom();
const panes = document.querySelector(".host-panes");
const title = document.title;
const queue = () => document.querySelector("question-queue");

for (const button of document.querySelectorAll("[data-shows]")) {
    button.addEventListener("click", () => show(button.dataset.shows));
}

room.addEventListener("change", () => {
    const pending = room.state.questions.filter(({ state }) => state === "pending").length;
    document.title = pending ? `(${formatNumber(pending)}) ${title}` : title;
    count("questions", pending);
    count("chat", room.state.unread.chat);
});

listenForShortcuts({
    "?": () => openDialog(document.getElementById("host-shortcuts")),
    1: () => choose("pending"),
    2: () => choose("published"),
    3: () => choose("answered"),
    4: () => choose("dismissed"),
    j: () => move(1),
    k: () => move(-1),
    n: () => queue().showNew(),
    p: () => queue().act("publish"),
    l: () => queue().act("live"),
    w: () => queue().act("write"),
    t: () => queue().act("pin"),
    d: () => queue().act("dismiss"),
    c: () => focusOn("chat", "chat-panel textarea"),
    a: () => focusOn("run", "#announcement-text"),
});

const onOff = document.getElementById("host-shortcuts-on");
onOff.checked = shortcutsAreOn();
onOff.addEventListener("change", () => switchShortcuts(onOff.checked));

/** On a small screen one pane shows at a time. */
function show(pane) {
    panes.dataset.pane = pane;
    for (const button of document.querySelectorAll("[data-shows]")) {
        button.setAttribute("aria-pressed", String(button.dataset.shows === pane));
    }
    if (pane === "chat") document.querySelector("chat-panel").reveal?.();
}

function choose(list) {
    show("questions");
    queue().choose(list);
}

function move(step) {
    show("questions");
    queue().move(step);
}

function focusOn(pane, selector) {
    show(pane);
    document.querySelector(selector)?.focus();
}

function count(pane, number) {
    const badge = document.querySelector(`[data-shows=${pane}] .count`);
    badge.hidden = number === 0;
    badge.textContent = formatNumber(number);
}
