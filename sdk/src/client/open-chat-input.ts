/** What a form gives to open a chat with. */
export interface OpeningForm {
  name?: string;
  email?: string;
  department?: string | null;
  /** The address of the page that the customer is on. */
  page?: string;
}

/** What opens a chat. */
export interface OpenChatInput extends OpeningForm {
  /** The first message. */
  message: string;
  /**
   * The `key` of a refused message of a pending chat, which this one takes the place of; what was written behind it goes
   * out behind this one. Where the server refuses this one too, it stays as that one did.
   */
  replaces?: string;
}
