import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, Chat, ChatState, SessionUser, TransferTarget } from '@wzatco/sdk';
import type { AlertsModel } from './alerts-model.ts';
import { createChatFiles, type ChatFiles } from './chat-files.ts';
import type { ChatIndex } from './chat-index.ts';
import type { Colleague } from './colleagues-model.ts';
import { standingIn, type ChatStanding } from './chat-rights.ts';
import { keepDraft, readDraft } from './drafts.ts';
import { failureCode, failureText } from './failure-text.ts';
import { follow } from './follow.ts';
import { createHistoryModel, type HistoryModel } from './history-model.ts';
import { createNotesModel, type NotesModel } from './notes-model.ts';
import { createTransferModel, type TransferModel } from './transfer-model.ts';

export type { Chat, ChatStanding, ChatState };

/** One open chat: its row, its messages, and what the agent can do in it. */
export interface ChatModel extends ChatFiles {
  id: string;
  /** The chat's row: customer, page, times. Null until it is known. */
  info: ReadonlySignal<Chat | null>;
  state: ReadonlySignal<ChatState>;
  standing: ReadonlySignal<ChatStanding>;
  draft: ReadonlySignal<string>;
  /** A claim or the closing is under way. */
  acting: ReadonlySignal<boolean>;
  loadingOlder: ReadonlySignal<boolean>;
  write(text: string): void;
  /** Sends the draft; false where there is nothing to send or it may not be sent. */
  send(): boolean;
  retry(key: string): void;
  discard(key: string): void;
  /** Replaces what a message of one's own says; answers whether it does now. */
  editMessage(messageId: string, text: string): Promise<boolean>;
  /** Takes a message of one's own back. */
  removeMessage(messageId: string): Promise<boolean>;
  /** What a message said before. */
  historyModel(messageId: string): HistoryModel;
  stopTyping(): void;
  /** Says that what is here has been seen; only the assignee's reading counts. */
  seen(): void;
  loadOlder(): Promise<void>;
  /** Takes the waiting chat; a colleague who was faster is named. Answers whether it is ours. */
  claim(): Promise<boolean>;
  close(): Promise<boolean>;
  setPriority(priority: Chat['priority']): Promise<boolean>;
  /** Sets all its tags. */
  setTags(tags: readonly string[]): Promise<boolean>;
  /** The team's notes on it, for a view, which disposes of them. */
  notesModel(): NotesModel;
  /** Whom it can be handed over to. */
  transferModel(): TransferModel;
  /** Hands it over; answers whether it is theirs now. */
  transfer(to: TransferTarget): Promise<boolean>;
  dispose(): void;
}

interface ChatModelInput {
  client: AgentClient;
  index: ChatIndex;
  alerts: AlertsModel;
  user: ReadonlySignal<SessionUser | null>;
  people: ReadonlySignal<readonly Colleague[]>;
}

/** Opens a chat of the console; `dispose` when another one is shown. */
export function createChatModel(
  { client, index, alerts, user, people }: ChatModelInput,
  id: string,
): ChatModel {
  const store = client.chats.open(id);
  const { value: state, stop } = follow(store.state);
  const info = computed(() => index.chats.value.get(id) ?? null);
  // Somebody else at the same desk must not find them.
  const draftName = `${user.peek()?.id ?? ''}.${id}`;
  const draft = signal(readDraft(draftName));
  const acting = signal(false);
  const loadingOlder = signal(false);
  const standing = computed(() => {
    const known = state.value.loading ? (info.value ?? state.value) : state.value;
    return standingIn(known, user.value ?? { id: '', role: 'agent' });
  });

  if (info.peek() === null) index.refresh(id);
  const stopMirror = effect(() => mirror(index, state.value));

  const act = async (title: string, action: () => Promise<unknown>): Promise<boolean> => {
    if (acting.peek()) return false;
    acting.value = true;
    try {
      await action();
      index.refresh(id);
      return true;
    } catch (error) {
      alerts.tell({ tone: 'bad', title, detail: failureText(error) });
      return false;
    } finally {
      acting.value = false;
    }
  };

  const write = (text: string) => {
    draft.value = text;
    keepDraft(draftName, text);
  };

  return {
    id,
    info,
    state,
    standing,
    draft,
    acting,
    loadingOlder,
    write(text) {
      write(text);
      store.setTyping(text.trim() !== '');
    },
    send() {
      const text = draft.peek();
      const { attached } = state.peek();
      const says = text.trim() !== '' || attached.length > 0;
      if (!says || attached.some(({ error }) => error) || standing.peek().may !== 'write') return false;
      store.send(text);
      store.setTyping(false);
      write('');
      return true;
    },
    ...createChatFiles(client, store, alerts),
    retry: (key) => store.retry(key),
    discard: (key) => store.discard(key),
    editMessage: (messageId, text) => act('Not edited', () => store.edit(messageId, text)),
    removeMessage: (messageId) => act('Not deleted', () => store.remove(messageId)),
    historyModel: (messageId) => createHistoryModel(client.chats, id, messageId),
    stopTyping: () => store.setTyping(false),
    seen() {
      const may = standing.peek();
      if (may.may === 'write' && may.as === 'assignee') store.markRead();
    },
    async loadOlder() {
      if (loadingOlder.peek() || !state.peek().hasOlder) return;
      loadingOlder.value = true;
      try {
        await store.loadOlder();
      } catch (error) {
        alerts.tell({ tone: 'bad', title: 'Older messages not loaded', detail: failureText(error) });
      } finally {
        loadingOlder.value = false;
      }
    },
    claim: () =>
      act('Not claimed', async () => {
        try {
          const { agentId, agentName, status } = await client.chats.assign(id);
          index.patch(id, (chat) => ({
            ...chat,
            status,
            agent: { id: agentId, name: agentName, avatar: null },
          }));
        } catch (error) {
          if (failureCode(error) !== 'CONFLICT') throw error;
          await tellWhoWasFaster(client, index, alerts, id);
        }
      }).then((done) => done && index.chats.peek().get(id)?.agent?.id === user.peek()?.id),
    close: () => act('Not closed', () => store.close()),
    setPriority: (priority) =>
      act('Priority not changed', async () => index.put([await client.chats.setPriority(id, priority)])),
    setTags: (tags) => act('Tags not changed', async () => index.put([await client.chats.setTags(id, tags)])),
    notesModel: () => createNotesModel(client, id, people),
    transferModel: () => createTransferModel(client, info.peek()?.agent?.id ?? null),
    transfer: (to) => act('Not handed over', () => client.chats.transfer(id, to)),
    dispose() {
      stopMirror();
      stop();
      store.dispose();
    },
  };
}

async function tellWhoWasFaster(
  client: AgentClient,
  index: ChatIndex,
  alerts: AlertsModel,
  id: string,
): Promise<void> {
  const chat = await client.chats.get(id);
  index.put([chat]);
  const title = chat.agent ? `${chat.agent.name} was faster` : 'This chat can no longer be claimed';
  alerts.tell({ tone: 'bad', title, detail: `${chat.customer.name} is being looked after.` });
}

/** What the open chat knows better than its row in the list. */
function mirror(index: ChatIndex, state: ChatState): void {
  if (state.loading || state.error) return;
  const last = state.messages.findLast((message) => message.seq !== null && message.seq === state.lastSeq);
  const known = index.chats.peek().get(state.chatId);
  if (!known || known.lastRev > state.lastRev) return;
  if (sameAsRow(known, state)) return;
  index.patch(state.chatId, (chat) => ({
    ...chat,
    status: state.status,
    agent: state.agent,
    read: state.read,
    rating: state.rating,
    closedAt: state.closedAt,
    closedBy: state.closedBy,
    lastSeq: state.lastSeq,
    lastRev: state.lastRev,
    ...(last && { lastMessage: { content: wordsOf(last), sender: last.sender, timestamp: last.timestamp } }),
  }));
}

/** What a row shows of a message: its words, or the names of what is attached. */
function wordsOf({ content, attachments }: ChatState['messages'][number]): string {
  return content || attachments.map(({ name }) => `📎 ${name}`).join(', ');
}

function sameAsRow(chat: Chat, state: ChatState): boolean {
  return (
    chat.status === state.status &&
    chat.agent?.id === state.agent?.id &&
    chat.read.agent === state.read.agent &&
    chat.read.customer === state.read.customer &&
    chat.lastSeq === state.lastSeq &&
    chat.rating?.rating === state.rating?.rating
  );
}
