/** One message of the chat, as everybody sees it and as a host does. */

import { classMap, html, nothing } from "../../vendor/lit.mjs";
import { confirmed } from "./confirm.js";
import { t, tn } from "./i18n.js";
import { icon } from "./icon.js";
import { avatar, nameOf } from "./people.js";
import { linked } from "./text.js";
import { formatMoment } from "./time.js";

const TOGETHER = 5 * 60_000; // messages of one person within this time share a head

/**
 * The list to draw: messages with the one above each, and removed ones that stand together as one entry with their
 * `count`. `rule`: the posted_seq at which unread messages begin, which no such entry spans.
 */
export function entries(messages, from, rule) {
    const found = [];
    for (let at = from; at < messages.length; at += 1) {
        const said = messages[at];
        const last = found.at(-1);
        if (said.removed && last?.said.removed && said.posted_seq !== rule) last.count += 1;
        else found.push({ said, previous: messages[at - 1], count: 1 });
    }
    return found;
}

/** Several removed messages in one line. */
export function removedTogether({ said, count }, rule) {
    return html`
        ${said.posted_seq === rule ? html`<li class="chat-rule unread">${t("New")}</li>` : nothing}
        <li class="chat-note center" data-key=${said.client_id}>
            ${tn("{count} message removed", "{count} messages removed", count)}
        </li>
    `;
}

/** `previous` is the message above; `rule` the posted_seq at which unread messages begin. */
export function message(said, previous, panel, rule) {
    const unread = rule !== null && said.posted_seq === rule;
    const continues = !unread && belongsTo(said, previous);
    return html`
        ${unread ? html`<li class="chat-rule unread">${t("New")}</li>` : nothing}
        <li
            class=${classMap({
                "chat-message": true,
                continues,
                pending: Boolean(said.pending),
                failed: Boolean(said.failed),
                removed: Boolean(said.removed),
            })}
            data-key=${said.client_id}
        >
            ${avatar(said.author)}
            <div class="chat-head">
                <span class="chat-name" dir="auto">${said.removed ? t("Removed") : nameOf(said.author)}</span>
                ${badge(said)}
                ${said.posted_at ? html`<time datetime=${said.posted_at}>${formatMoment(said.posted_at, "clock")}</time>` : nothing}
            </div>
            <p class="chat-text" dir="auto">${said.removed ? t("A host removed this message.") : linked(said.body)}</p>
            ${said.pending ? html`<span class="chat-waits">${icon("clock", { label: t("Waiting to be sent") })}</span>` : nothing}
            ${said.failed ? failure(said, panel) : nothing}
            ${panel.moderates && said.id && !said.removed ? actions(said, panel) : nothing}
        </li>
    `;
}

/** What a screen reader hears of the messages after `since`: the one, or how many. */
export function announced(messages, since) {
    const fresh = messages.filter(({ posted_seq, mine, removed }) => posted_seq > since && !mine && !removed);
    if (fresh.length === 0) return "";
    const [only] = fresh;
    if (fresh.length > 1) return tn("{count} new message", "{count} new messages", fresh.length);
    return t("{name} says: {text}", { name: nameOf(only.author), text: only.body });
}

// Only hosts announce, so one badge says both.
function badge({ kind, author }) {
    if (kind === "announcement") return html`<span class="badge accent">${t("Announcement")}</span>`;
    return author?.host ? html`<span class="badge accent">${t("Host")}</span>` : nothing;
}

function belongsTo(said, previous) {
    return (
        previous !== undefined &&
        said.kind === "chat" &&
        previous.kind === "chat" &&
        !said.removed &&
        !previous.removed &&
        Boolean(said.author?.id) &&
        said.author.id === previous.author?.id &&
        (!said.posted_at || !previous.posted_at || Date.parse(said.posted_at) - Date.parse(previous.posted_at) < TOGETHER)
    );
}

function failure(said, { room }) {
    return html`
        <p class="chat-note" role="alert">
            ${t("Not sent: {reason}", { reason: t(said.failed) })}
            <button type="button" class="link-button" @click=${() => room.say(said.body, said.client_id)}>${t("Try again")}</button>
            <button type="button" class="link-button" @click=${() => room.store.discard(said.client_id)}>${t("Discard")}</button>
        </p>
    `;
}

function actions(said, panel) {
    const { author } = said;
    const name = nameOf(author);
    const whom = { participant_id: author?.id };
    const busy = panel.attempts.isBusy(said.id);
    const button = (label, drawing, act) => html`
        <button
            type="button"
            class="button quiet small icon-only"
            aria-label=${label}
            title=${label}
            aria-disabled=${busy ? "true" : nothing}
            @click=${act}
        >
            ${icon(drawing)}
        </button>
    `;
    return html`
        <div class="chat-actions">
            ${button(t("Remove this message"), "trash-2", () => panel.act(said, "chat.remove", { message_id: said.id }))}
            ${author?.id && !author.host
                ? [
                      button(t("Mute {name}", { name }), "volume-x", () => panel.act(said, "participant.mute", whom)),
                      button(t("Ban {name}", { name }), "ban", () => ban(said, panel)),
                  ]
                : nothing}
        </div>
        <p class="field-error" role="alert">${panel.attempts.problem(said.id)}</p>
    `;
}

async function ban(said, panel) {
    const { id, name } = said.author;
    const agreed = await confirmed({
        title: t("Ban {name}?", { name }),
        words: t("They can no longer watch or take part. Everything they said is removed for good, and their open questions are dismissed."),
        button: t("Ban"),
    });
    if (agreed) await panel.act(said, "participant.ban", { participant_id: id });
}
