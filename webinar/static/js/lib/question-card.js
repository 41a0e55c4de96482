// One question, as everybody sees it; the caller adds what a host may do with it.

import { classMap, html, nothing } from "../../vendor/lit.mjs";
import { formatNumber, t, tn } from "./i18n.js";
import { icon } from "./icon.js";
import { nameOf } from "./people.js";
import { linked } from "./text.js";
import { formatMoment } from "./time.js";

const BADGES = {
    pending: () => ["warn", t("Waiting for a host")],
    published: () => null,
    answered: (question) => ["good", question.answer ? t("Answered") : t("Answered live")],
    dismissed: () => ["", t("Not taken up")],
};

/** `vote` is what a press on the votes does, or null where one can't vote; `actions` a template for hosts. */
export function question(asked, { vote = null, actions = nothing } = {}) {
    return html`
        <li
            class=${classMap({ question: true, pinned: asked.pinned, [asked.state]: true })}
            data-question=${asked.id}
        >
            ${votes(asked, vote)}
            <div class="question-body">
                ${labels(asked)}
                <p class="question-text" dir="auto">${linked(asked.body)}</p>
                <p class="question-meta">
                    <span dir="auto">${author(asked)}</span>
                    <time datetime=${asked.posted_at}>${formatMoment(asked.posted_at, "clock")}</time>
                </p>
                ${asked.answer
                    ? html`<p class="question-answer" dir="auto"><span class="visually-hidden">${t("Answer")}: </span>${linked(asked.answer)}</p>`
                    : nothing}
                ${actions}
            </div>
        </li>
    `;
}

function labels(asked) {
    const badge = BADGES[asked.state]?.(asked);
    if (!badge && !asked.pinned) return nothing;
    return html`<p class="row gap-s">
        ${asked.pinned ? html`<span class="badge accent">${icon("pin")}${pinnedAs(asked)}</span>` : nothing}
        ${badge ? html`<span class="badge ${badge[0]}">${badge[1]}</span>` : nothing}
    </p>`;
}

function pinnedAs({ state }) {
    return state === "answered" ? t("Pinned") : t("Now being answered");
}

// The name of the button is what is seen in it, with the words that the eye does not need.
function votes(asked, vote) {
    const wish = vote ? t("I want to know that too") : "";
    const content = html`
        ${icon("arrow-up")}<span>${formatNumber(asked.votes)}</span>
        <span class="visually-hidden">${nounOf(asked.votes)} ${wish}</span>
    `;
    if (!vote) return html`<span class="vote">${content}</span>`;
    const title = asked.voted ? t("Take the vote back") : wish;
    return html`
        <button type="button" class="vote" aria-pressed=${asked.voted} title=${title} @click=${vote}>${content}</button>
    `;
}

// Only the noun: the number stands before it already.
function nounOf(count) {
    return tn("vote", "votes", count);
}

function author(asked) {
    if (asked.mine) return asked.anonymous ? t("You, without your name") : t("You");
    if (!asked.author) return t("Anonymous");
    return asked.anonymous ? t("{name} (anonymous to others)", { name: nameOf(asked.author) }) : nameOf(asked.author);
}
