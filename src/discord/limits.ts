/**
 * Discord's limits, as its reference states them (https://discord.com/developers/docs): messages, components,
 * interactions, application commands. Lengths are counted here in UTF-16 code units, which is never fewer than
 * Discord counts.
 */

/** Text of all text displays of one Components V2 message together. */
export const MAX_TEXT_UNITS = 4000;
/** Components of one message, nested ones included. */
export const MAX_COMPONENTS = 40;
/** A custom id of a button. */
export const MAX_CUSTOM_ID_UNITS = 100;
/** Choices that one autocomplete may offer. */
export const MAX_CHOICES = 25;
/** The name and the value of one choice. */
export const MAX_CHOICE_UNITS = 100;
/** A button's label. */
export const MAX_LABEL_UNITS = 80;
/** Characters of one option of a slash command, the longest that this bot asks for. */
export const MAX_OPTION_UNITS = 4000;
/** A question here: what is longer could not be kept in the message that answers it, so that buttons work. */
export const MAX_ASKED_UNITS = 1000;
/** A link inside a message is shown up to this length here; Discord itself would take more. */
export const MAX_LINK_UNITS = 512;
/** What one field of a form may hold. */
export const MAX_FORM_UNITS = 4000;
