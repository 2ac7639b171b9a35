import './chat-view.css';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { keptText } from '../../models/kept-text.ts';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RefreshCw, Search } from '../../ui/icons.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { useShortcuts } from '../shell/use-shortcuts.ts';
import { ChatDetails } from './chat-details.tsx';
import { ChatHeader } from './chat-header.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { Composer } from './composer.tsx';
import { MessageLog } from './message-log.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import { useFileDrop } from './use-file-drop.ts';

interface ChatViewProps {
  id: string;
  listAddress: string;
  onBack(): void;
  /** The chat has just become this agent's. */
  onClaimed(): void;
}

const kept = keptText('local', 'details');
/** Below this width the details lie over the chat, so they are opened on demand only. */
const ROOMY = '(min-width: 1081px)';
/** Below this one the chat is alone on the screen, and the details cover it. */
const ALONE = '(max-width: 720px)';

/** One chat: who, what was said, the place to answer, and the details. */
export function ChatView({ id, listAddress, onBack, onClaimed }: ChatViewProps) {
  const { openChat, alerts, mentions } = useConsole();
  const chat = useMemo(() => openChat(id), [id]);
  useEffect(() => () => chat.dispose(), [chat]);
  const [details, setDetails] = useState(() => window.matchMedia(ROOMY).matches && kept.get() !== 'closed');
  const [closing, setClosing] = useState(false);
  const [transferring, setTransferring] = useState(false);
  const composer = useRef<HTMLTextAreaElement>(null);
  const column = useRef<HTMLElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);

  const { error, stale, loading } = chat.state.value;
  const may = chat.standing.value.may;
  const dropping = useFileDrop(column, may === 'write' && !error, chat.attach);
  const customer = chat.info.value?.customer.name ?? 'Chat';
  usePageTitle(customer);

  const showDetails = (open: boolean) => {
    setDetails(open);
    if (window.matchMedia(ROOMY).matches) kept.set(open ? null : 'closed');
    else if (!open) requestAnimationFrame(() => toggle.current?.focus());
  };
  const asksForNotes = mentions.asked.value === id;
  useLayoutEffect(() => {
    if (asksForNotes) setDetails(true);
  }, [asksForNotes]);
  // On a phone the list has gone from the screen, and with it what had the focus.
  useLayoutEffect(() => {
    if (window.matchMedia(ALONE).matches) column.current?.focus({ preventScroll: true });
  }, []);
  const claim = async () => {
    if (!(await chat.claim())) return;
    alerts.say(`${customer} is yours now`);
    onClaimed();
    composer.current?.focus();
  };
  useShortcuts({
    Escape: () => {
      if (details && !window.matchMedia(ROOMY).matches) return showDetails(false);
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      onBack();
    },
    c: () => may === 'claim' && void claim(),
    r: () => composer.current?.focus(),
  });

  if (error) {
    return (
      <div class="chat-problem">
        <EmptyState
          icon={<Search size={22} />}
          title={error.code === 'NOT_FOUND' ? 'This chat is not here' : 'The chat could not be loaded'}
          action={
            <a class="button button--secondary" href={listAddress}>
              Back to the list
            </a>
          }
        >
          {error.code === 'NOT_FOUND'
            ? 'It may belong to another department, or the link is not right.'
            : error.message}
        </EmptyState>
      </div>
    );
  }
  return (
    <div class={classNames('chat', details && 'chat--details')}>
      <section
        ref={column}
        class="chat-column"
        aria-label={`Chat with ${customer}`}
        tabIndex={-1}
        inert={details && window.matchMedia(ALONE).matches}
      >
        <ChatHeader
          chat={chat}
          listAddress={listAddress}
          detailsOpen={details}
          toggle={toggle}
          onDetails={() => showDetails(!details)}
          onClaim={() => void claim()}
          onTransfer={() => setTransferring(true)}
          onClose={() => setClosing(true)}
        />
        {stale && !loading && (
          <div class="chat-stale" role="status">
            <RefreshCw size={12} /> Catching up: newer messages may be missing
          </div>
        )}
        {dropping && <div class="chat-drop">Drop files to attach them</div>}
        <MessageLog chat={chat} />
        <Composer chat={chat} field={composer} />
      </section>
      {details && (
        <ChatDetails
          chat={chat}
          isSheet={!window.matchMedia(ROOMY).matches}
          onClose={() => showDetails(false)}
        />
      )}
      {transferring && (
        <TransferDialog
          chat={chat}
          customer={customer}
          onClose={() => setTransferring(false)}
          onDone={(to) => {
            alerts.tell({ tone: 'good', title: `${customer} is handed over`, detail: to });
            setTransferring(false);
            onBack();
          }}
        />
      )}
      {closing && <CloseDialog chat={chat} customer={customer} onDone={() => setClosing(false)} />}
    </div>
  );
}
