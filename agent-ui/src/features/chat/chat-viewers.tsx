import './chat-viewers.css';
import { useConsole } from '../../context.ts';
import { otherViewers, type ChatViewer } from '../../models/chat-viewers.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Eye } from '../../ui/icons.ts';

/** The colleagues who have the chat open now, so that two do not do the same; nothing while there is none. */
export function ChatViewers({ viewers }: { viewers: readonly ChatViewer[] }) {
  const { session } = useConsole();
  const { shown, more } = otherViewers(viewers, session.user.value?.id ?? '');
  if (shown.length === 0) return null;
  const others = more.map(({ name }) => name).join(', ');
  return (
    <div class="chat-viewers">
      <Eye size={14} />
      <ul class="chat-viewers-list" aria-label="Also looking at this chat">
        {shown.map(({ id, name, avatar }) => (
          <li key={id} class="chat-viewer" title={`${name} has this chat open too`}>
            <Avatar name={name} picture={avatar} size="sm" />
            <span class="visually-hidden">{name}</span>
          </li>
        ))}
        {more.length > 0 && (
          <li class="chat-viewer" title={`${others} have this chat open too`}>
            <span class="chat-viewer-more" aria-hidden="true">
              +{more.length}
            </span>
            <span class="visually-hidden">{others}</span>
          </li>
        )}
      </ul>
    </div>
  );
}
