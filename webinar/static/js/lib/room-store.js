/**
 * What a room looks like, kept from its events. No DOM, no network; give it everything that the socket receives.
 *
 *   const store = new RoomStore();
 *   const stop = store.subscribe((room) => render(room));   // called after changes, with the new state
 *   store.apply(event);                                     // from RoomSocket's onEvent
 *
 * The state (`store.state`, a new object after every change; never change it yourself):
 *   ready          false until the first snapshot
 *   you            { role: "host"|"participant"|"viewer", id, name, muted, voted: [question ids] } or null
 *   webinar        { title, state, starts_at, chat_enabled, questions_enabled, questions_moderated, picture } or null
 *   viewers        how many are watching
 *   messages       oldest first; own ones that are on their way come last with { pending: true } or { failed: "why" }
 *   more           whether older messages can be read: `chat.page` with `before: store.oldest`
 *   announcement   the announcement to show on top, or null
 *   questions      [{ …, mine, voted }] in the order they were asked; sort them as you like
 *   participants   for hosts: [{ id, name, muted, banned }] who are muted or banned
 *   unread         { chat, questions }: what came since `store.markRead("chat" | "questions")`
 *
 * Own messages: `store.expect(client_id, body)` shows one at once, then `socket.send("chat.send", { client_id, body })`;
 * the server's takes its place. After a refusal it stays with `failed`; `store.discard(client_id)` removes it,
 * `store.expect` with the same client_id tries it anew. `store.collapse()` forgets the older pages again.
 *
 * An item's `seq` guards it: an event that is older than what is known of that item changes nothing, so events may
 * come twice and out of the order of the snapshot.
 */

import { reasonOf } from "./commands.js";

const KEPT_MESSAGES = 200;
const KEPT_QUESTIONS = 500;

const inOrder = (a, b) => a.posted_seq - b.posted_seq;
const isNewer = (item, known) => !known || item.seq >= known.seq;

export class RoomStore {
    #listeners = new Set();
    #messages = new Map();
    #questions = new Map();
    #participants = new Map();
    #announcement = null;
    #more = false;
    #pagedBack = false;
    #outgoing = new Map(); // client_id → own message on its way
    #readTo = 0; // posted_seq of the newest message that was read
    #seen = new Set(); // ids of questions that were read
    #facts = { ready: false, you: null, webinar: null, viewers: 0 };

    #composed = null;
    #scheduled = false;

    /** What there is to show now. */
    get state() {
        this.#composed ??= this.#compose();
        return this.#composed;
    }

    /** Calls `listener(state)` after every change; returns a function that ends it. */
    subscribe(listener) {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }

    /** Takes in an event of the protocol; unknown ones are ignored, so that a newer server does no harm. */
    apply(event) {
        const handler = HANDLERS[event.type];
        if (!handler) return;
        handler(this.#hands, event);
        this.#changed();
    }

    /** The `posted_seq` of the oldest message here, for `chat.page`. */
    get oldest() {
        const [first] = this.#sortedMessages();
        return first ? first.posted_seq : 0;
    }

    /** Shows an own message before the server has it, below those that were said before. */
    expect(client_id, body) {
        this.#outgoing.delete(client_id);
        this.#outgoing.set(client_id, { client_id, body, pending: true, failed: null });
        this.#changed();
    }

    /** Keeps an own message that will not be sent, and says why. */
    refuse(client_id, reason) {
        this.#hands.refused(client_id, reason);
        this.#changed();
    }

    /** Forgets an own message that was refused. */
    discard(client_id) {
        this.#outgoing.delete(client_id);
        this.#changed();
    }

    /** The person has seen the newest of "chat" or "questions". */
    markRead(what) {
        if (what === "chat") this.#readTo = this.#newest();
        else this.#seen = new Set(this.#questions.keys());
        this.#changed();
    }

    /** Keeps only the newest messages again, after paging back. */
    collapse() {
        this.#pagedBack = false;
        this.#trim();
        this.#changed();
    }

    /** Everything of the conversation goes from the page: it was erased. */
    forget() {
        this.#outgoing.clear();
        this.#reset({ messages: [], questions: [], participants: [], announcement: null, more: false, webinar: this.#facts.webinar });
        Object.assign(this.#facts, { you: null, viewers: 0 });
        this.#changed();
    }

    // What the handlers of events below may do.
    #hands = {
        fact: (facts) => Object.assign(this.#facts, facts),
        reset: (snapshot) => this.#reset(snapshot),
        message: (message) => this.#takeMessage(message),
        page: ({ messages, more }) => this.#takePage(messages, more),
        question: (question) => this.#takeQuestion(question),
        withdraw: (id, seq) => {
            if (this.#questions.get(id)?.seq < seq) this.#questions.delete(id);
        },
        participant: (participant) => {
            if (isNewer(participant, this.#participants.get(participant.id))) {
                this.#participants.set(participant.id, participant);
            }
        },
        webinar: (webinar) => {
            if (isNewer(webinar, this.#facts.webinar)) this.#facts.webinar = webinar;
        },
        sent: (ref) => this.#mark(ref, { pending: false }),
        refused: (ref, message) => this.#mark(ref, { pending: false, failed: message }),
    };

    #reset(snapshot) {
        const first = !this.#facts.ready;
        this.#messages = new Map(snapshot.messages.map((message) => [message.id, message]));
        this.#questions = new Map(snapshot.questions.map((question) => [question.id, question]));
        this.#participants = new Map(snapshot.participants.map((person) => [person.id, person]));
        this.#announcement = snapshot.announcement;
        this.#more = snapshot.more;
        this.#pagedBack = false;
        Object.assign(this.#facts, { ready: true, webinar: snapshot.webinar });
        const here = new Set(snapshot.messages.map((message) => message.client_id));
        for (const [client_id, message] of this.#outgoing) {
            if (here.has(client_id) || !(message.pending || message.failed)) this.#outgoing.delete(client_id);
        }
        if (first) {
            this.#readTo = this.#newest();
            this.#seen = new Set(this.#questions.keys());
        }
    }

    #takeMessage(message) {
        const known = this.#messages.get(message.id);
        const newest = this.#newest();
        const inWindow = known || this.#messages.size === 0 || message.posted_seq >= this.oldest || !this.#more;
        if (inWindow && isNewer(message, known)) this.#messages.set(message.id, message);
        const own = this.#outgoing.delete(message.client_id) || this.#isOwn(message);
        if (own && this.#readTo === newest) this.#readTo = Math.max(newest, message.posted_seq);
        if (message.kind === "announcement" && this.#isLatest(message)) this.#announcement = message;
        this.#trim();
    }

    #isLatest(message) {
        const current = this.#announcement;
        if (!current || message.posted_seq > current.posted_seq) return true;
        return message.id === current.id && message.seq >= current.seq;
    }

    #takePage(messages, more) {
        this.#pagedBack = true;
        this.#more = more;
        for (const message of messages) {
            if (isNewer(message, this.#messages.get(message.id))) this.#messages.set(message.id, message);
        }
    }

    #takeQuestion(question) {
        const known = this.#questions.get(question.id);
        if (!isNewer(question, known)) {
            if (question.mine) this.#questions.set(known.id, { ...known, mine: true });
            return;
        }
        this.#questions.set(question.id, { ...question, mine: question.mine || Boolean(known?.mine) });
    }

    #mark(ref, change) {
        const message = this.#outgoing.get(ref);
        if (message) this.#outgoing.set(ref, { ...message, ...change });
    }

    #trim() {
        if (!this.#pagedBack && this.#messages.size > KEPT_MESSAGES) {
            const kept = this.#sortedMessages().slice(-KEPT_MESSAGES);
            this.#messages = new Map(kept.map((message) => [message.id, message]));
            this.#more = true;
        }
    }

    #sortedMessages() {
        return [...this.#messages.values()].sort(inOrder);
    }

    #isOwn(message) {
        const { you } = this.#facts;
        return Boolean(you?.id) && message.author?.id === you.id;
    }

    #newest() {
        let newest = 0;
        for (const { posted_seq } of this.#messages.values()) newest = Math.max(newest, posted_seq);
        return newest;
    }

    #compose() {
        const { you } = this.#facts;
        const voted = new Set(you?.voted ?? []);
        const messages = this.#sortedMessages();
        const questions = [...this.#questions.values()].sort(inOrder).slice(-KEPT_QUESTIONS);
        const author = you && { id: you.id, name: you.name, host: you.role === "host" };
        const outgoing = [...this.#outgoing.values()].map((message) => ({ ...message, author, kind: "chat", mine: true }));
        const announcement = this.#announcement;
        return {
            ...this.#facts,
            messages: [...messages.map((message) => ({ ...message, mine: this.#isOwn(message) })), ...outgoing],
            more: this.#more,
            announcement: announcement && !announcement.removed ? announcement : null,
            questions: questions.map((question) => ({ ...question, voted: voted.has(question.id) })),
            participants: [...this.#participants.values()].filter(({ muted, banned }) => muted || banned),
            unread: {
                chat: messages.filter((message) => message.posted_seq > this.#readTo && !message.removed && !this.#isOwn(message)).length,
                questions: questions.filter((question) => !this.#seen.has(question.id) && !question.mine).length,
            },
        };
    }

    /** Listeners hear once of all that changed in one go. */
    #changed() {
        this.#composed = null;
        if (this.#scheduled) return;
        this.#scheduled = true;
        queueMicrotask(() => {
            this.#scheduled = false;
            for (const listener of this.#listeners) listener(this.state);
        });
    }
}

const HANDLERS = {
    snapshot: (room, event) => room.reset(event),
    "you.changed": (room, { you, questions }) => {
        room.fact({ you });
        questions.forEach(room.question);
    },
    "chat.posted": (room, { message }) => room.message(message),
    "chat.removed": (room, { message }) => room.message(message),
    "chat.paged": (room, event) => room.page(event),
    "question.changed": (room, { question }) => room.question(question),
    "question.withdrawn": (room, { question_id, seq }) => room.withdraw(question_id, seq),
    "participant.changed": (room, { participant }) => room.participant(participant),
    "webinar.changed": (room, { webinar }) => room.webinar(webinar),
    presence: (room, { viewers }) => room.fact({ viewers }),
    ack: (room, { ref }) => room.sent(ref),
    error: (room, event) => room.refused(event.ref, reasonOf(event)),
};
