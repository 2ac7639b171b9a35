import type { Jobs } from '../../jobs.ts';
import type { ChatNeeds } from '../chat/index.ts';
import type { NoteNeeds } from '../notes/index.ts';
import type { PresenceService } from '../presence/index.ts';
import type { RoutingDecisionModel } from './routing-decision.model.ts';

/** What the verbs of this folder work with. */
export interface RoutingNeeds {
  chat: ChatNeeds;
  presence: PresenceService;
  jobs: Jobs;
  notes: NoteNeeds;
  decisions: RoutingDecisionModel;
}
