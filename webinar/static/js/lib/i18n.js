// The page's language in scripts. English text is its own key, so an English page loads no catalogue at all:
//   t("Send")   t("Stay with {name}", { name })   tn("{count} new message", "{count} new messages", count)

const catalogue = await load();

/** The text in the page's language, its {placeholders} filled from `values`. */
export function t(text, values = {}) {
    const known = catalogue[text];
    return fill(typeof known === "string" && known ? known : text, values);
}

/** The form of the text that fits `count`. */
export function tn(singular, plural, count, values = {}) {
    const forms = catalogue[singular];
    const form = Array.isArray(forms) ? forms[formFor(count, forms.length)] : "";
    return fill(form || (count === 1 ? singular : plural), { count: formatNumber(count), ...values });
}

export function language() {
    return document.documentElement.lang || "en";
}

/** The page's language as the viewer's region writes it: 24 hours in Britain, 12 in the United States. */
export function locale() {
    const wanted = language();
    return navigator.languages.find((tag) => tag.split("-")[0] === wanted) ?? (wanted === "en" ? "en-GB" : wanted);
}

export function formatNumber(number) {
    return new Intl.NumberFormat(locale()).format(number);
}

/** How many characters a field still takes, or by how many the text is too long. */
export function charactersLeft(left) {
    return left < 0
        ? tn("{count} character too many", "{count} characters too many", -left)
        : tn("{count} character left", "{count} characters left", left);
}

function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// A catalogue lists its plural forms in the order of CLDR's categories.
function formFor(count, length) {
    const rules = new Intl.PluralRules(language());
    const order = ["zero", "one", "two", "few", "many", "other"];
    const used = rules.resolvedOptions().pluralCategories.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
    const category = rules.select(count);
    if (used.length === length) return used.indexOf(category);
    return category === "one" ? 0 : length - 1;
}

async function load() {
    const address = document.querySelector("link[data-catalogue]")?.href;
    if (!address) return {};
    try {
        const answer = await fetch(address);
        return answer.ok ? await answer.json() : {};
    } catch {
        return {}; // English is better than nothing.
    }
}
