import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ChatModel } from '../../models/chat-model.ts';
import { MESSAGE_LIMIT, tooLong } from '../../models/text-limits.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextAreaField } from '../../ui/field.tsx';
import { RetryNotice } from '../../ui/retry-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

interface TransferDialogProps {
  chat: ChatModel;
  customer: string;
  onClose(): void;
  /** The chat is somebody else's now. */
  onDone(to: string): void;
}

/** Hands a chat over to a colleague or a department, with a note that the customer never sees. */
export function TransferDialog({ chat, customer, onClose, onDone }: TransferDialogProps) {
  const model = useMemo(() => chat.transferModel(), [chat]);
  const [key, setKey] = useState('');
  const [note, setNote] = useState('');
  useEffect(() => void model.load(), [model]);
  const choices = model.choices.value;
  const choice = choices?.find((each) => each.key === key) ?? choices?.[0];
  const remark = note.trim();
  const problem = tooLong(remark, MESSAGE_LIMIT);
  const submit = async () => {
    if (!choice || problem !== null) return;
    if (await chat.transfer({ ...choice.target, ...(remark !== '' && { note: remark }) }))
      onDone(choice.label);
  };
  return (
    <Dialog title={`Hand ${customer} over`} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {model.failure.value !== null && (
          <RetryNotice failure={model.failure.value} onRetry={() => void model.load()} />
        )}
        {choices === null && model.failure.value === null && <Skeleton width="long" />}
        {choices && (
          <SelectField
            label="To"
            hint="A colleague gets it at once. In a queue it waits for whoever is free."
            value={choice?.key ?? ''}
            options={choices.map((each) => ({ value: each.key, label: each.label }))}
            onChoice={setKey}
          />
        )}
        <TextAreaField
          label="Note"
          optional
          hint="For the team: the customer never sees it."
          value={note}
          problem={problem}
          onText={setNote}
        />
        <div class="dialog-actions">
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            kind="primary"
            type="submit"
            busy={chat.acting.value}
            disabled={!choice || problem !== null}
          >
            Hand over
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
