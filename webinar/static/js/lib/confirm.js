// Asks before what can't be taken back: `if (await confirmed({ title, words, button })) …`

import { html, render } from "../../vendor/lit.mjs";
import { t } from "./i18n.js";

/**
 * Resolves with whether the person agreed. `words` says what will happen and to how much; `button` names the deed.
 * What destroys (`kind` "danger primary") begins at Cancel, anything else at the deed. Focus returns to where it was.
 */
export function confirmed({ title, words, button, kind = "danger primary" }) {
    return new Promise((resolve) => {
        const place = document.createElement("div");
        const answer = ({ target }) => {
            place.remove();
            resolve(target.returnValue === "yes");
        };
        const destroys = kind.includes("danger");
        render(
            html`
                <dialog class="dialog" aria-labelledby="confirm-title" aria-describedby="confirm-words" @close=${answer}>
                    <form class="stack" method="dialog">
                        <h2 id="confirm-title">${title}</h2>
                        <p id="confirm-words">${words}</p>
                        <div class="dialog-actions">
                            <button class="button" value="no" ?autofocus=${destroys}>${t("Cancel")}</button>
                            <button class="button ${kind}" value="yes" ?autofocus=${!destroys}>${button}</button>
                        </div>
                    </form>
                </dialog>
            `,
            place,
        );
        document.body.append(place);
        place.querySelector("dialog").showModal();
    });
}
