import type { SupportState } from '../../support.ts';

/** What the panel shows. */
export type PanelView = 'loading' | 'failed' | 'form' | 'conversation' | 'closed';

/** `wantsNew`: the customer has asked for a new chat after one that has ended. */
export function panelView(state: SupportState, wantsNew: boolean): PanelView {
  const { chatState, config, failure, loading } = state;
  const gone = chatState?.error?.code === 'NOT_FOUND';
  if (chatState && !gone && (config || !failure)) {
    if (chatState.status !== 'closed') return 'conversation';
    if (!wantsNew) return 'closed';
  }
  if (failure) return 'failed';
  return config && !loading ? 'form' : 'loading';
}
