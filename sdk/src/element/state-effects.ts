import { createAnnouncer } from './announcement.ts';
import type { Emit } from './events.ts';
import type { Texts } from './locales/en.ts';
import { createSiteMemory } from './site-memory.ts';
import { createStateEvents } from './state-events.ts';
import type { SupportState } from './support.ts';

/** What follows from the widget's state beyond its picture. */
export interface StateEffects {
  /** Takes each state in order; null ends the story, the next state begins another. */
  take(state: SupportState | null, site: string, texts: Texts): void;
  /** What a screen reader is told. */
  readonly said: string;
}

/** Tells DOM events, words for screen readers, and remembers the site's visitor and accent. */
export function createStateEffects(emit: Emit): StateEffects {
  let tellEvents = createStateEvents(emit);
  let announce = createAnnouncer();
  let said = '';
  let unread = 0;
  return {
    get said() {
      return said;
    },
    take(state, site, texts) {
      if (!state) {
        if (unread > 0) emit('wzatco-unread', { unreadCount: 0 });
        unread = 0;
        [tellEvents, announce, said] = [createStateEvents(emit), createAnnouncer(), ''];
        return;
      }
      said = announce(state, texts) ?? said;
      const memory = createSiteMemory(site);
      if (state.session && !memory.isKnown()) memory.setKnown(true);
      if (state.config) memory.setAccent(state.config.theme.accent);
      unread = state.unread;
      tellEvents(state);
    },
  };
}
