// The form builder's comforts: a preview that follows what is typed, and fields that can be dragged to their place.
// Without scripts every change is a form of its own, and moving is two buttons.

import { watchConditions } from "../lib/conditions.js";

const PAUSE = 250;
const preview = document.querySelector("[data-preview]");
const list = document.querySelector("[data-sortable]");

let waiting;
let latest = 0;

function follow(form) {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(form), PAUSE);
}

async function show(form) {
    const turn = ++latest;
    const answer = await fetch(`${form.action}/preview`, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    // What does not fit yet, or was overtaken by more typing, changes nothing.
    if (!answer.ok || turn !== latest) return;
    preview.innerHTML = await answer.text();
    watchConditions(preview.querySelector("[data-registration]"));
}

function startDragging(event) {
    const grip = event.target.closest("[data-grip]");
    if (!grip) return;
    event.preventDefault();
    const item = grip.closest(".builder-item");
    const before = [...list.children].indexOf(item);
    item.classList.add("dragging");
    grip.setPointerCapture(event.pointerId);
    grip.onpointermove = (move) => place(item, move.clientY);
    grip.onpointerup = grip.onpointercancel = () => {
        grip.onpointermove = grip.onpointerup = grip.onpointercancel = null;
        item.classList.remove("dragging");
        const after = [...list.children].indexOf(item);
        if (after !== before) store(item, after);
    };
}

function place(item, y) {
    const next = [...list.children].find((other) => {
        if (other === item) return false;
        const box = other.getBoundingClientRect();
        return y < box.top + box.height / 2;
    });
    list.insertBefore(item, next ?? null);
}

/** Sends the new place like the buttons do, and shows what came of it. */
function store(item, to) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = `${item.querySelector("[data-field]").action}/move`;
    const input = document.createElement("input");
    input.name = "to";
    input.value = to;
    form.append(input);
    document.body.append(form);
    form.submit();
}

if (preview && list) {
    for (const form of document.querySelectorAll("[data-field]")) form.addEventListener("input", () => follow(form));
    list.addEventListener("pointerdown", startDragging);
    // A click on the grip is the start of dragging, not a wish to open the field.
    list.addEventListener("click", (event) => event.target.closest("[data-grip]") && event.preventDefault());
    watchConditions(preview.querySelector("[data-registration]"));
}
