// icon("send") in a Lit template: a drawing of static/vendor/icons.svg.

import { html, nothing } from "../../vendor/lit.mjs";

const SHEET = new URL("../../vendor/icons.svg", import.meta.url).pathname;

/** A decoration, unless it has a label. `directed`: turned round where people read from right to left. */
export function icon(name, { label = "", directed = false } = {}) {
    return html`<svg
        class=${directed ? "icon directed" : "icon"}
        role=${label ? "img" : nothing}
        aria-label=${label || nothing}
        aria-hidden=${label ? nothing : "true"}
    >
        <use href=${`${SHEET}#${name}`}></use>
    </svg>`;
}
