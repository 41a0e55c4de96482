// The watch page: the islands of the room, and the tabs that tell where something new is.

import "../chat-panel.js";
import "../question-board.js";
import "../room-stage.js";
import "../room-status.js";
import { t } from "../lib/i18n.js";
import { theRoom } from "../lib/room.js";
import { choose } from "../lib/tabs.js";

const room = theRoom();
const tabs = new Map([...document.querySelectorAll("[role=tab]")].map((tab) => [tab.getAttribute("aria-controls"), tab]));

document.addEventListener("tab-chosen", ({ detail }) => {
    document.querySelector(`#${detail.panel} :is(chat-panel, question-board)`)?.reveal();
});

room.addEventListener("change", () => {
    const { unread } = room.state;
    const { chat_enabled: chat, questions_enabled: questions } = room.webinar;
    show("chat", chat, unread.chat);
    show("questions", questions, unread.questions);
});

/** A tab appears and goes with what is switched on, and wears a dot while something waits in it. */
function show(panel, enabled, unread) {
    const tab = tabs.get(panel);
    if (!tab) return;
    if (tab.hidden === enabled) {
        tab.hidden = !enabled;
        const other = [...tabs.values()].find((each) => !each.hidden);
        if (!enabled && tab.ariaSelected === "true" && other) choose(other);
    }
    const dot = tab.querySelector(".dot");
    dot.hidden = unread === 0 || tab.getAttribute("aria-selected") === "true";
    dot.textContent = dot.hidden ? "" : t("New");
}
