/** What people wrote, as it may be shown: text, with web addresses one can follow. Never markup. */

import { html } from "../../vendor/lit.mjs";

const ADDRESS = /https?:\/\/[^\s<>"'`]+/giu;
const TRAILING = /[.,;:!?…)\]}»”’]/u;

/** `text` as parts for a Lit template: strings and links. */
export function linked(text) {
    const parts = [];
    let at = 0;
    for (const { 0: found, index } of text.matchAll(ADDRESS)) {
        const address = trimmed(found);
        const href = addressOf(address);
        if (!href) continue;
        parts.push(text.slice(at, index), link(href, address));
        at = index + address.length;
    }
    parts.push(text.slice(at));
    return parts;
}

/** Without the punctuation that ends a sentence; a bracket that was opened inside stays. */
function trimmed(address) {
    let end = address.length;
    while (TRAILING.test(address[end - 1])) {
        const kept = address.slice(0, end);
        if (kept.endsWith(")") && kept.split("(").length >= kept.split(")").length) break;
        end -= 1;
    }
    return address.slice(0, end);
}

function addressOf(text) {
    try {
        const { protocol, href } = new URL(text);
        return protocol === "http:" || protocol === "https:" ? href : "";
    } catch {
        return "";
    }
}

// noopener: the other page gets no hand on this one; ugc: search engines know that we don't vouch for it.
function link(href, address) {
    return html`<a href=${href} target="_blank" rel="noopener nofollow ugc" dir="ltr">${address}</a>`;
}
