/**
 * Which part of a long list is in the document, and where it stands while things come and go around it.
 *
 *   measure()            before the list is drawn: notes what the reader looks at
 *   settle(scroller)     after: puts that back where it was, or stays at the end
 *   range(items)         [from, to) of what to draw; items have `posted_seq`, those on their way come last without
 */

const FEW = 200;
const MANY = 400;
const STEP = 100;
const NEAR = 600; // pixels from an edge, at which more is drawn
const END = 40; // pixels from the end that still count as the end

export class ScrollWindow {
    #host;
    #older;
    #scroller = null;
    #size = FEW;
    #until = Infinity; // posted_seq of the last item drawn; Infinity follows the newest
    #anchor = null;
    #items = [];
    /** Whether the reader is at the end, so that new items stay in sight. */
    following = true;

    constructor(host, { older }) {
        this.#host = host;
        this.#older = older;
    }

    range(items) {
        this.#items = items;
        const to = this.#until === Infinity ? items.length : items.findLastIndex(({ posted_seq }) => posted_seq <= this.#until) + 1;
        return [Math.max(0, to - this.#size), to];
    }

    toEnd() {
        this.following = true;
        this.#size = FEW;
        this.#until = Infinity;
        this.#host.room.store.collapse();
    }

    measure() {
        if (!this.#scroller || this.following) {
            this.#anchor = null;
            return;
        }
        const top = this.#scroller.getBoundingClientRect().top;
        const element = [...this.#scroller.querySelectorAll("[data-key]")].find(
            (item) => item.getBoundingClientRect().bottom > top,
        );
        this.#anchor = element && { key: element.dataset.key, offset: element.getBoundingClientRect().top - top };
    }

    settle(scroller) {
        this.#scroller = scroller;
        if (this.following) {
            scroller.scrollTop = scroller.scrollHeight;
            return;
        }
        const element = this.#anchor && scroller.querySelector(`[data-key="${CSS.escape(this.#anchor.key)}"]`);
        if (!element) return;
        const moved = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - this.#anchor.offset;
        if (moved) scroller.scrollTop += moved;
    }

    scrolled() {
        const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
        const below = scrollHeight - clientHeight - scrollTop;
        const wasFollowing = this.following;
        this.following = this.#until === Infinity && below < END;
        if (this.following && !wasFollowing) this.toEnd();
        else if (!this.following && scrollTop < NEAR) this.#up();
        else if (!this.following && below < NEAR) this.#down();
        if (this.following !== wasFollowing) this.#host.requestUpdate();
    }

    #up() {
        const [from, to] = this.range(this.#items);
        if (from < STEP) this.#older();
        if (from === 0) return;
        if (this.#size < MANY) this.#size += STEP;
        else this.#until = this.#items[to - STEP - 1]?.posted_seq ?? Infinity;
        this.#host.requestUpdate();
    }

    #down() {
        if (this.#until === Infinity) return;
        const [, to] = this.range(this.#items);
        this.#until = this.#items[to + STEP - 1]?.posted_seq ?? Infinity;
        this.#host.requestUpdate();
    }
}
