import './chat-header.css';
import type { RefObject } from 'preact';
import { useConsole } from '../../context.ts';
import type { Chat, ChatModel } from '../../models/chat-model.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ArrowLeft, ArrowRightLeft, Hand, PanelRight } from '../../ui/icons.ts';
import { Elapsed } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ChatViewers } from './chat-viewers.tsx';

interface ChatHeaderProps {
  chat: ChatModel;
  listAddress: string;
  detailsOpen: boolean;
  /** The button of the details, to give the focus back to. */
  toggle: RefObject<HTMLButtonElement | null>;
  onDetails(): void;
  onClaim(): void;
  onTransfer(): void;
  onClose(): void;
}

/** Who it is, how the chat stands, and what can be done with it. */
export function ChatHeader(props: ChatHeaderProps) {
  const { chat, listAddress, detailsOpen, toggle, onDetails, onClaim, onTransfer, onClose } = props;
  const info = chat.info.value;
  const may = chat.standing.value.may;
  const busy = chat.acting.value;
  return (
    <header class="chat-header">
      <a class="icon-button chat-header-back" href={listAddress} aria-label="Back to the list">
        <ArrowLeft size={20} />
      </a>
      {info ? <KnownCustomer chat={chat} info={info} /> : <UnknownCustomer />}
      <div class="chat-header-actions">
        {may === 'claim' && info && (
          <Button kind="primary" icon={<Hand size={15} />} busy={busy} onClick={onClaim}>
            Claim
          </Button>
        )}
        {may === 'write' && (
          <>
            <IconButton label="Hand over" onClick={onTransfer}>
              <ArrowRightLeft size={18} />
            </IconButton>
            <Button busy={busy} onClick={onClose}>
              Close chat
            </Button>
          </>
        )}
        <IconButton ref={toggle} label="Details" aria-pressed={detailsOpen} onClick={onDetails}>
          <PanelRight size={18} />
        </IconButton>
      </div>
    </header>
  );
}

function KnownCustomer({ chat, info }: { chat: ChatModel; info: Chat }) {
  const { name, email } = info.customer;
  return (
    <>
      <Avatar name={name} />
      <div class="chat-header-who">
        <div class="chat-header-line">
          <h2 class="chat-header-name" dir="auto" title={name}>
            {name}
          </h2>
          <StatusBadge info={info} />
        </div>
        <p class="chat-header-sub">
          {email !== null && (
            <span class="chat-header-mail" dir="auto">
              {email}
            </span>
          )}
          {info.department !== null && <span dir="auto">{info.department}</span>}
          <AssignedTo info={info} />
        </p>
        <ChatViewers viewers={chat.state.value.viewers} />
      </div>
    </>
  );
}

function AssignedTo({ info }: { info: Chat }) {
  const { session } = useConsole();
  if (info.agent === null) return <span>Nobody has it yet</span>;
  return (
    <span dir="auto">{info.agent.id === session.user.value?.id ? 'Assigned to you' : info.agent.name}</span>
  );
}

function UnknownCustomer() {
  return (
    <>
      <Skeleton shape="round" />
      <div class="chat-header-who">
        <div class="chat-header-lines">
          <Skeleton width="medium" />
          <Skeleton width="long" />
        </div>
      </div>
    </>
  );
}

function StatusBadge({ info }: { info: Chat }) {
  if (info.status === 'closed') return <Badge>Closed</Badge>;
  if (info.status === 'active') return <Badge tone="good">Active</Badge>;
  return (
    <Badge tone="warn">
      Waiting <Elapsed since={info.queuedAt} />
    </Badge>
  );
}
