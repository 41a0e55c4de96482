// Fields that depend on another answer come and go as it is given. The server decides again when the form is sent.

/** Keeps the fields of `form` (a form, or a part of a page) shown or hidden as the answers in it say. */
export function watchConditions(form) {
    if (!form) return;
    form.addEventListener("change", () => update(form));
    update(form);
}

function update(form) {
    for (const part of form.querySelectorAll("[data-shown-if]")) {
        const wanted = JSON.parse(part.dataset.shownFor);
        const shown = answersOf(form, part.dataset.shownIf).some((answer) => wanted.includes(answer));
        part.hidden = !shown;
        // Disabled controls are not sent, and what depends on them sees no answer.
        for (const control of part.querySelectorAll("input, select, textarea")) control.disabled = !shown;
    }
}

/** What is chosen for the field `name`, in the words that conditions use. */
function answersOf(form, name) {
    const controls = [...form.querySelectorAll("input, select, textarea")];
    return controls.filter((control) => control.name === name && !control.disabled).flatMap(answerOf);
}

function answerOf(control) {
    if (control.type === "radio") return control.checked ? [control.value] : [];
    if (control.type !== "checkbox") return control.value ? [control.value] : [];
    // A lone box says yes or no; boxes of a list say their values.
    if (!control.closest("fieldset")) return [control.checked ? "yes" : "no"];
    return control.checked ? [control.value] : [];
}
