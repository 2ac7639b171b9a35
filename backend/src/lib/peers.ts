/** What the processes of one installation tell each other, by name. Features extend it, beside what they tell. */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by the features
export interface PeerWords {}

export type PeerWord = keyof PeerWords;

/**
 * The other processes of this installation. Nothing of this is durable: what is told while the way to them is cut is
 * lost, so whoever tells keeps the truth elsewhere and tells it again when they are back.
 */
export interface Peers {
  /** Tells all others; never waits and never fails. The payload is plain JSON. */
  tell<Word extends PeerWord>(word: Word, payload: PeerWords[Word]): void;
  /** `from` names the process that said it. Returns the unsubscribe. */
  hear<Word extends PeerWord>(
    word: Word,
    listener: (payload: PeerWords[Word], from: string) => void | Promise<void>,
  ): () => void;
  /** The way to them was cut and is free again: words were missed, on both sides. Returns the unsubscribe. */
  onBack(listener: () => void | Promise<void>): () => void;
  /** A process hears us that knows nothing of what was told before: tell it again. Returns the unsubscribe. */
  onMeet(listener: () => void): () => void;
  /** A process has been silent for so long that it must be dead, and its connections with it. Returns the unsubscribe. */
  onGone(listener: (from: string) => void): () => void;
  /** Can they be heard now? */
  areNear(): boolean;
}

/** For a process that is alone: nobody hears, and nothing is missed. */
export const nobodyElse: Peers = {
  tell: () => undefined,
  hear: () => () => undefined,
  onBack: () => () => undefined,
  onMeet: () => () => undefined,
  onGone: () => () => undefined,
  areNear: () => true,
};
