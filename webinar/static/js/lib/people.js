/** How people look in a list: letters for a face, in a tint that stays theirs. */

import { html } from "../../vendor/lit.mjs";
import { t } from "./i18n.js";
import { icon } from "./icon.js";

const TINTS = 6;

/** A circle with initials; nothing for screen readers, which hear the name. */
export function avatar(author, size = "") {
    const letters = (author?.name ?? "").trim().split(/\s+/u).slice(0, 2).map((word) => [...word][0] ?? "").join("");
    return html`<span class="avatar ${size}" data-tint=${tintOf(author?.id ?? "")} aria-hidden="true">
        ${letters || icon("user-round")}
    </span>`;
}

/** The name to show, also of somebody who is gone. */
export function nameOf(author) {
    return author?.name || t("Somebody");
}

function tintOf(id) {
    let sum = 0;
    for (const character of String(id)) sum = (sum * 31 + character.codePointAt(0)) % 997;
    return sum % TINTS;
}
