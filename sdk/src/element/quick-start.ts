import { ClientError } from '../client/client-error.ts';
import { awayIn, isAway, isReachable } from './parts/panel/away.ts';
import type { FormField } from './parts/pre-chat-form/validate-form.ts';
import type { Support } from './support.ts';

/**
 * Sends a text into the open chat, or opens one with it. False where that needs the form first: the site requires
 * something that is not known of the customer, or nobody is there and no
 * address is known.
 */
export async function quickStart(support: Support, text: string, department: string): Promise<boolean> {
  const { chat, chatState, config, session } = support.state.get();
  if (chat && chatState && chatState.status !== 'closed') {
    chat.send(text);
    return true;
  }
  if (!config) return false;
  const { name, email } = session?.customer ?? {};
  const known: Partial<Record<FormField, string | null | undefined>> = { name, email, department };
  const missing = (['name', 'email', 'department'] as const).some(
    (field) => config.preChatForm[field] === 'required' && !known[field],
  );
  if (missing || (isAway(config.availability) && !isReachable(session))) return false;
  try {
    await support.openChat({
      ...(name ? { name } : {}),
      ...(email ? { email } : {}),
      ...(department ? { department } : {}),
      page: location.href,
      message: text,
    });
  } catch (error) {
    // Nobody is there, which was not known here: the form asks for the address that is needed.
    if (error instanceof ClientError && awayIn(error)) return false;
    throw error;
  }
  return true;
}
