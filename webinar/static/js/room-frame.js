// The room's frame: on a phone the facts about the webinar share the conversation's place.

document.addEventListener("tab-chosen", ({ detail }) => {
    const panes = document.querySelector(".room-panes");
    if (panes) panes.dataset.pane = detail.panel === "about" ? "about" : "conversation";
});
