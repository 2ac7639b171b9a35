import './history-dialog.css';
import { useEffect, useMemo } from 'preact/hooks';
import type { ChatModel } from '../../models/chat-model.ts';
import type { MessageRevision } from '../../models/history-model.ts';
import type { ChatMessage } from '../../models/message-groups.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { timeSpan } from '../../ui/moments.ts';
import { RetryNotice } from '../../ui/retry-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

interface HistoryDialogProps {
  chat: ChatModel;
  message: ChatMessage;
  /** The message's `id`. */
  id: string;
  onClose(): void;
}

/** What a message said before it was edited or deleted; the customer never sees it. */
export function HistoryDialog({ chat, message, id, onClose }: HistoryDialogProps) {
  const model = useMemo(() => chat.historyModel(id), [chat, id]);
  const { editedAt, deletedAt, senderName } = message;
  // It may be changed once more while somebody reads.
  useEffect(() => void model.load(), [model, editedAt, deletedAt]);
  const versions = model.versions.value;
  const failure = model.failure.value;
  return (
    <Dialog title="Earlier versions" onClose={onClose}>
      <p class="dialog-text">
        What the message of <bdi>{senderName}</bdi> said before it was{' '}
        {deletedAt === null ? 'edited' : 'deleted'}. Only the team sees this.
      </p>
      {versions === null && failure === null && <LoadingVersions />}
      {versions?.length === 0 && <p class="dialog-text">Nothing of it has been kept.</p>}
      {versions !== null && versions.length > 0 && (
        <ol class="versions">
          {versions.map((version) => (
            <Version key={version.rev} version={version} />
          ))}
        </ol>
      )}
      {failure !== null && <RetryNotice failure={failure} onRetry={() => void model.retry()} />}
      {model.more.value && failure === null && (
        <Button kind="quiet" block onClick={() => void model.loadMore()}>
          Older versions
        </Button>
      )}
    </Dialog>
  );
}

function Version({ version }: { version: MessageRevision }) {
  const { content, writtenAt, replacedAt } = version;
  return (
    <li class="version">
      <time class="version-time" dateTime={writtenAt}>
        {timeSpan(new Date(writtenAt), new Date(replacedAt))}
      </time>
      {content === '' ? (
        <p class="version-text version-text--none">No words, only files</p>
      ) : (
        <p class="version-text" dir="auto">
          {content}
        </p>
      )}
    </li>
  );
}

function LoadingVersions() {
  return (
    <div class="versions" role="status">
      <span class="visually-hidden">Loading earlier versions</span>
      <Skeleton width="short" />
      <Skeleton width="long" />
    </div>
  );
}
