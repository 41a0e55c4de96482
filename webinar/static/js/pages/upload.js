// A form that sends a large file shows how far it is, and stays as it is when something went wrong.

import { t } from "../lib/i18n.js";

document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-upload]");
    if (!form?.querySelector("input[type=file]").files.length) return;
    event.preventDefault();
    send(form);
});

function send(form) {
    const bar = Object.assign(document.createElement("progress"), { className: "progress", max: 1, value: 0 });
    const word = Object.assign(document.createElement("p"), { className: "small soft" });
    word.role = "status";
    bar.ariaLabel = word.textContent = t("Sending…");
    form.querySelector(".form-actions").after(bar, word);

    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = loaded / total));
    request.upload.addEventListener("load", () => {
        bar.removeAttribute("value");
        word.textContent = t("Sent. Looking at it…");
    });
    request.addEventListener("load", () => (request.status < 300 ? location.assign(request.responseURL) : show(request, form)));
    request.addEventListener("error", () => {
        bar.remove();
        busy(form, false);
        word.textContent = t("The connection was cut. Nothing was kept; please send it again.");
    });
    request.open("POST", form.action);
    request.send(new FormData(form));
    busy(form, true);
}

function busy(form, sending) {
    for (const field of form.elements) field.disabled = sending;
}

/** The page that came back has the same form, with what is wrong beside its field. */
function show(request, form) {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const answer = page.querySelector("form[data-upload]");
    if (!answer) {
        document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
        return;
    }
    form.replaceWith(document.adoptNode(answer));
    answer.querySelector("[aria-invalid]")?.focus();
}
