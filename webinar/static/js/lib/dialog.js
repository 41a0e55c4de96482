// Native dialogs and small menus.
//   <button data-opens="id">, [data-closes] inside the dialog, <form data-confirms="word"> keeps its button off until the
//   word is typed, <details class="menu"> closes when something else is used.

document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    if (opener) openDialog(document.getElementById(opener.dataset.opens), event);
    const closer = event.target.closest?.("dialog [data-closes]");
    if (closer) {
        event.preventDefault();
        closer.closest("dialog").close();
    }
    if (event.target instanceof HTMLDialogElement && isBackdrop(event)) event.target.close();
    closeMenus(event.target);
});

document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
});

document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("input", (event) => judge(event.target.closest?.("form[data-confirms]")));
document.querySelectorAll("form[data-confirms]").forEach(judge);

/** Opens a dialog; focus goes back where it was when it closes (the browser does that). */
export function openDialog(dialog, event) {
    if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
    event?.preventDefault();
    dialog.showModal();
    dialog.querySelectorAll("form[data-confirms]").forEach(judge);
}

function isBackdrop(event) {
    const box = event.target.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

function closeMenus(target) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
        if (!menu.contains(target)) menu.open = false;
    }
}

// aria-disabled rather than disabled: the button stays in reach, and the server refuses a wrong word anyway.
function judge(form) {
    const field = form?.querySelector("[name=confirmation]");
    const button = form?.querySelector("button:not([type=button])");
    if (!field || !button) return;
    button.setAttribute("aria-disabled", String(field.value.trim() !== form.dataset.confirms));
}

document.addEventListener("submit", (event) => {
    const button = event.target.querySelector("[aria-disabled=true]");
    if (!event.target.matches("form[data-confirms]") || !button) return;
    event.preventDefault();
    event.target.querySelector("[name=confirmation]").focus();
});
