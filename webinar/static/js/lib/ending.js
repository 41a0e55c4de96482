/** Why a room is over for this person: they are gone from it, or it is gone. */

import { t } from "./i18n.js";

const ENDINGS = {
    4501: () => [t("Watching goes on elsewhere"), t("You opened this webinar elsewhere, or signed out. Reload the page to watch here.")],
    4502: () => [t("Shut out"), t("A host has shut you out of this webinar.")],
    4503: () => [t("Deleted"), t("This webinar has been deleted.")],
    4504: () => [t("Erased"), t("What you gave in this webinar has been erased, and you are no longer in it.")],
    401: () => [t("Signed out"), t("Your session has ended. Use the link in your mail to come back.")],
    403: () => [t("Shut out"), t("A host has shut you out of this webinar.")],
    404: () => [t("Not here"), t("This webinar is no longer here.")],
};

// After these the page must not go on showing what was destroyed.
export const DESTROYED = new Set([4503, 4504, 404]);

/** `[short, sentence]` once the room is over for this person; null as long as it isn't. */
export function endingOf({ status, why }) {
    return status === "closed" && why ? (ENDINGS[why.code]?.() ?? null) : null;
}
