import { useRef } from 'preact/hooks';
import { ACCEPTED_FILES } from '../../models/accepted-files.ts';
import type { ChatModel } from '../../models/chat-model.ts';
import { IconButton } from '../../ui/button.tsx';
import { Paperclip } from '../../ui/icons.ts';

/** The paperclip: lets the agent choose files. */
export function AttachButton({ chat }: { chat: ChatModel }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label="Attach files" onClick={() => input.current?.click()}>
        <Paperclip size={18} />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label="Attach files"
        accept={ACCEPTED_FILES}
        onChange={(event) => {
          chat.attach([...(event.currentTarget.files ?? [])]);
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
