// Choices of this visit, such as the volume. They live in the tab's session storage, and in memory where a browser gives
// none (in an embed on another site it throws). Nothing here identifies anybody, and nothing outlives the tab.

const memory = new Map();

/** The value kept under `key`, or `fallback`. */
export function recall(key, fallback = null) {
    try {
        const text = sessionStorage.getItem(key);
        if (text !== null) return JSON.parse(text);
    } catch {
        // No storage, or something else's text: memory knows.
    }
    return memory.has(key) ? memory.get(key) : fallback;
}

/** Keeps a value that JSON can hold. */
export function keep(key, value) {
    memory.set(key, value);
    try {
        sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
        // Kept in memory.
    }
}
