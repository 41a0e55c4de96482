/** Takes the token of a personal link out of the address and sends it. Without scripts people paste the link. */

const form = document.getElementById("personal-link");
const field = form.elements.namedItem("token");
const token = location.hash.slice(1);

if (token) {
    field.value = token;
    // Neither the history nor a bookmark keeps it.
    history.replaceState(null, "", location.pathname);
    field.closest(".field").hidden = true;
    // What confirms something is sent by a person: scanners of mails run scripts too.
    if (!("confirms" in form.dataset)) form.requestSubmit();
}
