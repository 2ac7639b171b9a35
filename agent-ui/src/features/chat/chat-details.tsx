import './chat-details.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Chat, ChatModel } from '../../models/chat-model.ts';
import { chatSteps } from '../../models/chat-steps.ts';
import { webAddress } from '../../models/linkify.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Star, X } from '../../ui/icons.ts';
import { fullTime } from '../../ui/moments.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ChatNotes } from './chat-notes.tsx';
import { ChatTriage } from './chat-triage.tsx';

interface ChatDetailsProps {
  chat: ChatModel;
  /** Lies over the chat, so it takes the focus. */
  isSheet: boolean;
  onClose(): void;
}

/** About the customer and the chat; a column, and on a narrow screen a sheet over the chat. */
export function ChatDetails({ chat, isSheet, onClose }: ChatDetailsProps) {
  const info = chat.info.value;
  const cross = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (isSheet && cross.current) cross.current.focus();
  }, []);
  return (
    <aside class="details" aria-label="Details">
      <header class="details-head">
        <h2 class="details-title">Details</h2>
        <IconButton ref={cross} label="Close details" onClick={onClose}>
          <X size={18} />
        </IconButton>
      </header>
      <div class="details-body scroll">
        {info ? <Known chat={chat} info={info} /> : <Skeleton width="medium" />}
      </div>
    </aside>
  );
}

function Known({ chat, info }: { chat: ChatModel; info: Chat }) {
  const { name, email } = info.customer;
  return (
    <>
      <div class="details-who">
        <Avatar name={name} size="lg" />
        <p class="details-name" dir="auto">
          {name}
        </p>
        {email === null ? (
          <p class="details-mail">No e-mail given</p>
        ) : (
          <a class="details-mail text-link" href={`mailto:${encodeURIComponent(email)}`} dir="auto">
            {email}
          </a>
        )}
      </div>
      <section class="details-section">
        <h3 class="details-heading">Chat</h3>
        <dl class="facts">
          <dt>Department</dt>
          <dd>{info.department === null ? 'None' : <Badge>{info.department}</Badge>}</dd>
          <dt>Assigned to</dt>
          <dd dir="auto">{info.agent?.name ?? 'Nobody yet'}</dd>
          <dt>Messages</dt>
          <dd>{info.lastSeq}</dd>
          {info.page !== null && (
            <>
              <dt>Page</dt>
              <dd>
                <PageLink page={info.page} />
              </dd>
            </>
          )}
        </dl>
      </section>
      <ChatTriage chat={chat} info={info} />
      <ChatNotes chat={chat} />
      <section class="details-section">
        <h3 class="details-heading">Timeline</h3>
        <ol class="timeline">
          {chatSteps(info).map((step) => (
            <li class="timeline-step" key={step.at + step.text}>
              <span dir="auto">{step.text}</span>
              <time class="timeline-time" dateTime={step.at}>
                {fullTime(new Date(step.at))}
              </time>
            </li>
          ))}
        </ol>
      </section>
      {info.rating && <Rating rating={info.rating} />}
    </>
  );
}

function PageLink({ page }: { page: string }) {
  const href = webAddress(page);
  if (href === null) return <span dir="auto">{page}</span>;
  const { host, pathname } = new URL(href);
  return (
    <a class="text-link" href={href} title={page} target="_blank" rel="noopener noreferrer nofollow">
      {pathname === '/' ? host : host + pathname}
    </a>
  );
}

function Rating({ rating }: { rating: NonNullable<Chat['rating']> }) {
  return (
    <section class="details-section">
      <h3 class="details-heading">Rating</h3>
      <div class="stars" role="img" aria-label={`${rating.rating} of 5 stars`}>
        {[1, 2, 3, 4, 5].map((star) => (
          <Star key={star} size={18} {...(star <= rating.rating && { class: 'star-full' })} />
        ))}
      </div>
      {rating.comment !== null && (
        <p class="stars-comment" dir="auto">
          “{rating.comment}”
        </p>
      )}
    </section>
  );
}
