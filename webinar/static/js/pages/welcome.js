/** Takes the token of a mailed link out of the address, into the form; without scripts people paste the link. */

const form = document.getElementById("welcome");
const field = form.elements.namedItem("token");
const token = location.hash.slice(1);

if (token) {
  field.value = token;
  // Neither the history nor a bookmark keeps it.
  history.replaceState(null, "", location.pathname);
}
if (field.value) {
  field.closest(".field").hidden = true;
  form.elements.namedItem("password").focus();
}
