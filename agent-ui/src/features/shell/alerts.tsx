import { inboxAddress } from '../../models/inbox-address.ts';
import { useLocation } from 'preact-iso/router';
import { useConsole } from '../../context.ts';
import { Toast, ToastStack } from '../../ui/toast.tsx';

/** The toasts, and the live region that reads them out. */
export function Alerts() {
  const { alerts, mentions } = useConsole();
  const { route } = useLocation();
  return (
    <>
      <ToastStack>
        {alerts.alerts.value.map(({ id, tone, title, detail, chatId, isNote }) => (
          <Toast
            key={id}
            tone={tone}
            title={title}
            {...(detail !== undefined && { detail })}
            {...(chatId !== undefined && {
              action: {
                label: 'Open',
                onSelect: () => {
                  alerts.dismiss(id);
                  if (isNote) mentions.ask(chatId);
                  route(inboxAddress({ view: 'open', q: '', chatId }));
                },
              },
            })}
            onDismiss={() => alerts.dismiss(id)}
          />
        ))}
      </ToastStack>
      <div class="visually-hidden" role="status" aria-live="polite">
        <span key={alerts.spoken.value.id}>{alerts.spoken.value.text}</span>
      </div>
    </>
  );
}
