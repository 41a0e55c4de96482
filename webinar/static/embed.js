// Puts a webinar where this script stands on somebody's page:
// <script src="https://webinar.example.org/embed.js" data-webinar="<id>" data-title="…" async></script>

(() => {
    const script = document.currentScript;
    const origin = new URL(script.src).origin;
    const frame = document.createElement("iframe");
    frame.src = `${origin}/e/${encodeURIComponent(script.dataset.webinar ?? "")}`;
    frame.title = script.dataset.title || "Webinar";
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    Object.assign(frame.style, { width: "100%", height: "40rem", border: "0", display: "block" });
    addEventListener("message", (event) => {
        // Only our own frame may say how high it is.
        if (event.source !== frame.contentWindow || event.origin !== origin) return;
        const height = event.data?.webinarHeight;
        if (Number.isFinite(height)) frame.style.height = `${Math.min(Math.max(height, 200), 20000)}px`;
    });
    // A new page begins at its top, also where the frame is so high that the site around it is scrolled instead.
    let pages = 0;
    frame.addEventListener("load", () => {
        pages += 1;
        if (pages > 1 && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
    });
    script.after(frame);
})();
