/** What stands between a person and the conversation, said where they would write. */

import { html } from "../../vendor/lit.mjs";
import { endingOf } from "./ending.js";
import { t } from "./i18n.js";
import { icon } from "./icon.js";

const OPEN = new Set(["scheduled", "live", "paused"]);

/** The notice or form to show instead of a composer; null when the person may write. */
export function takingPart(room, enabled, { off, over }) {
    const { you } = room.state;
    if (room.isHost) return null;
    const ending = endingOf(room);
    if (ending) return notice("lock", ending[1]);
    if (!OPEN.has(room.webinar?.state)) return notice("clock", over);
    if (!enabled) return notice("lock", off);
    if (you?.role === "viewer") return nameForm(room.config);
    if (you?.muted) return notice("volume-x", t("A host has muted you. You can still watch, read and vote."));
    return null;
}

function notice(drawing, words) {
    return html`<p class="row gap-s soft small" role="note">${icon(drawing)}<span class="grow">${words}</span></p>`;
}

/** A name is all that it takes in an open webinar. A form like any other: the page comes back with the person in it. */
function nameForm({ join }) {
    return html`
        <form class="stack gap-s" method="post" action=${join}>
            <label class="field-label" for="display-name">${t("Choose a name to take part")}</label>
            <div class="composer-line">
                <input class="input" id="display-name" name="display_name" required maxlength="80" autocomplete="nickname" />
                <button type="submit" class="button primary">${t("Join")}</button>
            </div>
            <p class="chat-note">${t("Others see it beside what you write. Nothing else is asked.")}</p>
        </form>
    `;
}
