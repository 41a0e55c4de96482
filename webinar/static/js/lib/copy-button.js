// <button data-copies="id of an element">: copies its text or value, and says so.

import { t } from "./i18n.js";

const SHOWN_FOR = 2000;

/** Puts text into the clipboard; false where the browser does not allow it. */
export async function copy(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return false;
    }
}

document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copies]");
    const source = button && document.getElementById(button.dataset.copies);
    if (!source) return;
    const done = await copy(source.value ?? source.textContent);
    if (!done) select(source);
    say(button, done ? t("Copied") : t("Press Ctrl+C to copy"));
});

function select(source) {
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
}

function say(button, words) {
    const label = button.querySelector("span") ?? button;
    button.dataset.label ??= label.textContent;
    label.textContent = words;
    label.setAttribute("role", "status");
    setTimeout(() => {
        label.textContent = button.dataset.label;
        label.removeAttribute("role");
    }, SHOWN_FOR);
}
