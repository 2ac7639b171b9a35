/** Documents in an order, from whatever database. */
export type Walk = AsyncIterable<Fields> | Iterable<Fields>;
type Fields = Readonly<Record<string, unknown>>;

/** The messages of one chat, as far as their numbers go. */
type Run = { readonly chat: string; readonly lastSeq: number; readonly fault: string | undefined };

/**
 * Checks what the delivery promises rest on: each chat's messages are numbered 1, 2, 3 … without a gap, and the chat
 * knows the last number. Both are walked side by side, so that little is held.
 *
 * @param chats by `_id`
 * @param messages by `chatId`, then `seq`
 */
export async function* checkChats(chats: Walk, messages: Walk): AsyncGenerator<string> {
  const runs = runsOf(messages);
  let run = await nextOf(runs);
  for await (const { _id, lastSeq } of chats) {
    const id = String(_id);
    for (; run !== undefined && run.chat < id; run = await nextOf(runs)) yield orphaned(run);
    const own: Run = run?.chat === id ? run : { chat: id, lastSeq: 0, fault: undefined };
    if (own === run) run = await nextOf(runs);
    if (own.fault !== undefined) yield own.fault;
    else if (own.lastSeq !== lastSeq) {
      yield `the chat ${id} says that its last message is number ${String(lastSeq)}, and it is ${own.lastSeq}`;
    }
  }
  for (; run !== undefined; run = await nextOf(runs)) yield orphaned(run);
}

async function nextOf(runs: AsyncGenerator<Run, void>): Promise<Run | undefined> {
  return (await runs.next()).value ?? undefined;
}

function orphaned({ chat }: Run): string {
  return `there are messages of the chat ${chat}, which is not there`;
}

async function* runsOf(messages: Walk): AsyncGenerator<Run, void> {
  let run: Run | undefined;
  for await (const message of messages) {
    const chat = String(message['chatId']);
    const seq = Number(message['seq']);
    if (run !== undefined && run.chat !== chat) yield run;
    const before: Run = run?.chat === chat ? run : { chat, lastSeq: 0, fault: undefined };
    const fault =
      seq === before.lastSeq + 1
        ? undefined
        : `in the chat ${chat} the message ${seq} comes after the message ${before.lastSeq}`;
    run = { chat, lastSeq: seq, fault: before.fault ?? fault };
  }
  if (run !== undefined) yield run;
}
