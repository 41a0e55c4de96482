// A tab list: <div role="tablist"> with <button role="tab" aria-controls="panel's id" aria-selected="…">. Arrow keys,
// Home and End move between tabs; a chosen tab shows its panel and sends "tab-chosen" with the panel's id.

document.addEventListener("click", (event) => {
    const tab = event.target.closest?.("[role=tab]");
    if (tab) choose(tab);
});

document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.("[role=tab]");
    if (!tab) return;
    const next = neighbour(tab, event.key);
    if (!next) return;
    event.preventDefault();
    choose(next);
    next.focus();
});

/** Shows the panel of a tab and hides those of its siblings. A panel with data-stays is laid out by styles alone. */
export function choose(tab) {
    const stays = panelOf(tab)?.hasAttribute("data-stays");
    for (const other of siblings(tab)) {
        other.setAttribute("aria-selected", String(other === tab));
        other.tabIndex = other === tab ? 0 : -1;
        const panel = panelOf(other);
        if (panel && !stays && !panel.hasAttribute("data-stays")) panel.hidden = other !== tab;
    }
    const detail = { panel: tab.getAttribute("aria-controls") };
    tab.dispatchEvent(new CustomEvent("tab-chosen", { bubbles: true, detail }));
}

function panelOf(tab) {
    return document.getElementById(tab.getAttribute("aria-controls"));
}

function siblings(tab) {
    return [...tab.closest("[role=tablist]").querySelectorAll("[role=tab]")];
}

function neighbour(tab, key) {
    const tabs = siblings(tab).filter((each) => each.offsetParent !== null);
    const step = getComputedStyle(tab).direction === "rtl" ? -1 : 1;
    const at = tabs.indexOf(tab);
    const wrapped = (index) => tabs[(index + tabs.length) % tabs.length];
    switch (key) {
        case "ArrowRight":
            return wrapped(at + step);
        case "ArrowLeft":
            return wrapped(at - step);
        case "Home":
            return tabs[0];
        case "End":
            return tabs.at(-1);
        default:
            return null;
    }
}
