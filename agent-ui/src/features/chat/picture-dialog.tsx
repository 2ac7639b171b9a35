import './picture-dialog.css';
import { useEffect, useState } from 'preact/hooks';
import type { ChatModel } from '../../models/chat-model.ts';
import type { ChatAttachment } from '../../models/message-groups.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface PictureDialogProps {
  attachment: ChatAttachment;
  chat: ChatModel;
  onClose(): void;
}

/** The whole picture, as large as the window lets it be. */
export function PictureDialog({ attachment, chat, onClose }: PictureDialogProps) {
  const [url, setUrl] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    let made: string | null = null;
    let isOver = false;
    void chat.original(attachment).then((blob) => {
      if (isOver) return;
      if (!blob) return setBroken(true);
      made = URL.createObjectURL(blob);
      setUrl(made);
    });
    return () => {
      isOver = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [attachment.id]);
  return (
    <Dialog title={attachment.name} onClose={onClose}>
      <div class="picture-frame" aria-busy={url === null && !broken}>
        {broken ? (
          <p class="dialog-text">This browser cannot show the picture. It can be downloaded.</p>
        ) : (
          url && <img class="picture-large" src={url} alt={attachment.name} onError={() => setBroken(true)} />
        )}
      </div>
      <div class="dialog-actions">
        <Button kind="secondary" onClick={() => void chat.download(attachment)}>
          Download
        </Button>
      </div>
    </Dialog>
  );
}
