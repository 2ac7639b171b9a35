import type { SupportState } from '../../support.ts';
import { refusedOpening } from './away.ts';

/** What the panel shows. */
export type PanelView = 'loading' | 'failed' | 'form' | 'conversation' | 'closed';

/** What a customer has asked for after a chat that has ended: another one, or to write on in it. */
export type Wish = 'new' | 'more' | null;

export function panelView(state: SupportState, wish: Wish): PanelView {
  const { chatState, config, failure, loading } = state;
  const gone = chatState?.error?.code === 'NOT_FOUND';
  if (config && refusedOpening(chatState)) return 'form';
  if (chatState && !gone && (config || !failure)) {
    if (chatState.status !== 'closed' || wish === 'more') return 'conversation';
    if (wish === null) return 'closed';
  }
  if (failure) return 'failed';
  return config && !loading ? 'form' : 'loading';
}
