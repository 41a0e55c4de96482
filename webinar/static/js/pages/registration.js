// The registration form: fields that depend on an answer, and a button that shows that the click was heard.

import { watchConditions } from "../lib/conditions.js";

const form = document.querySelector("form[data-registration]");

if (form) {
    watchConditions(form);
    // A second click must not look like nothing happened; the server takes the form once anyway.
    form.addEventListener("submit", (event) => event.submitter?.setAttribute("aria-busy", "true"));
    addEventListener("pageshow", () => form.querySelector("[aria-busy]")?.removeAttribute("aria-busy"));
}
