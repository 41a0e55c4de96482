// Fields that depend on another answer come and go as it is given. The server decides again when the form is sent.

const form = document.querySelector("[data-registration]");

/** What is chosen for the field `name`, in the words that conditions use. */
function answersOf(name) {
    const controls = [...form.elements].filter((control) => control.name === name && !control.disabled);
    return controls.flatMap((control) => {
        if (control.type === "radio") return control.checked ? [control.value] : [];
        if (control.type !== "checkbox") return control.value ? [control.value] : [];
        // A lone box says yes or no; boxes of a list say their values.
        if (!isList(control)) return [control.checked ? "yes" : "no"];
        return control.checked ? [control.value] : [];
    });
}

function isList(control) {
    return control.closest("fieldset") !== null;
}

function update() {
    for (const part of form.querySelectorAll("[data-shown-if]")) {
        const wanted = JSON.parse(part.dataset.shownFor);
        const shown = answersOf(part.dataset.shownIf).some((answer) => wanted.includes(answer));
        part.hidden = !shown;
        // Disabled controls are not sent, and what depends on them sees no answer.
        for (const control of part.querySelectorAll("input, select, textarea")) control.disabled = !shown;
    }
}

/** A second click must not look like nothing happened; the server takes the form once anyway. */
function markBusy(event) {
    event.submitter?.setAttribute("aria-busy", "true");
}

if (form) {
    form.addEventListener("change", update);
    form.addEventListener("submit", markBusy);
    addEventListener("pageshow", () => form.querySelector("[aria-busy]")?.removeAttribute("aria-busy"));
    update();
}
