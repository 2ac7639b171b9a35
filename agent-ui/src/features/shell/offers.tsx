import './offers.css';
import { useLocation } from 'preact-iso/router';
import { useConsole } from '../../context.ts';
import { inboxAddress } from '../../models/inbox-address.ts';
import { secondsLeft } from '../../models/offer-time.ts';
import type { Offer } from '../../models/offers-model.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/icons.ts';
import { useSecond } from '../../ui/use-now.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** The chats that are offered to this agent, on whatever page they are. */
export function Offers() {
  const { offers, alerts } = useConsole();
  const { route } = useLocation();
  const [first] = offers.offers.value;
  const accept = async (offer: Offer) => {
    if (!(await offers.accept(offer))) return;
    alerts.say(`${offer.customerName} is yours now`);
    route(inboxAddress({ view: 'mine', q: '', chatId: offer.chatId }));
  };
  useShortcuts({ a: () => first && void accept(first), x: () => first && void offers.decline(first) });
  if (!first) return null;
  return (
    <section class="offers" aria-label="Chats offered to you">
      {offers.offers.value.map((offer) => (
        <OfferCard
          key={offer.chatId}
          offer={offer}
          busy={offers.answering.value === offer.chatId}
          onAccept={() => void accept(offer)}
          onDecline={() => void offers.decline(offer)}
        />
      ))}
    </section>
  );
}

interface OfferCardProps {
  offer: Offer;
  busy: boolean;
  onAccept(): void;
  onDecline(): void;
}

function OfferCard({ offer, busy, onAccept, onDecline }: OfferCardProps) {
  const { customerName, department, message, expiresAt } = offer;
  const left = secondsLeft(expiresAt, useSecond());
  return (
    <article class="offer" aria-label={`${customerName} is offered to you`}>
      <div class="offer-head">
        <Avatar name={customerName} />
        <div class="offer-who">
          <h2 class="offer-name" dir="auto" title={customerName}>
            {customerName}
          </h2>
          {department !== null && <Badge>{department}</Badge>}
        </div>
        {left !== null && (
          <span class="offer-left" title="Then it is offered to somebody else">
            <span aria-hidden="true">{left} s</span>
            <span class="visually-hidden">{left} seconds left</span>
          </span>
        )}
      </div>
      <p class="offer-message" dir="auto">
        {message}
      </p>
      <div class="offer-actions">
        <Button kind="quiet" disabled={busy} onClick={onDecline}>
          Decline
        </Button>
        <Button kind="primary" icon={<Check size={15} />} busy={busy} onClick={onAccept}>
          Accept
        </Button>
      </div>
    </article>
  );
}
