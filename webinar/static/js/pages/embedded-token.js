// In an embed whose browser drops our cookie, the token of a person who was just admitted comes in the fragment. It leaves
// the address at once, and the page is asked for again with it, in the body of a form: it is in no address and no log.

const token = location.hash.slice(1);
const address = location.pathname + location.search;

if (token) history.replaceState(null, "", address);
if (token && !document.querySelector("script[data-admitted]")) {
    const form = Object.assign(document.createElement("form"), { method: "post", action: address, hidden: true });
    form.append(Object.assign(document.createElement("input"), { name: "token", value: token }));
    document.body.append(form);
    form.submit();
}
