import type { Availability } from '@wzatco/sdk/contract';
import type { ClientSession, Connection } from 'mongoose';
import type { Jobs } from '../../jobs.ts';
import type { Bus, DomainEvents } from '../../lib/bus.ts';
import type { InTurn } from '../../lib/in-turn.ts';
import type { WriteGate } from '../../lib/write-gate.ts';
import type { AttachmentNeeds } from '../attachments/index.ts';
import type { CustomerModel } from '../customers/index.ts';
import type { DepartmentService } from '../departments/index.ts';
import type { ChatRulesCache, SiteModel, SiteRecord } from '../sites/index.ts';
import type { UserModel } from '../users/index.ts';
import type { AgentCards } from './agent-cards.ts';
import type { ChatModel } from './chat.model.ts';
import type { MessageRevisionModel } from './message-revision.model.ts';
import type { MessageModel } from './message.model.ts';
import type { WritingLimits } from './writing-limits.ts';

/** What the verbs of this folder work with. */
export interface ChatNeeds {
  connection: Connection;
  chats: ChatModel;
  messages: MessageModel;
  messageRevisions: MessageRevisionModel;
  customers: CustomerModel;
  users: UserModel;
  sites: SiteModel;
  chatRules: ChatRulesCache;
  agentCards: AgentCards;
  departments: DepartmentService;
  attachments: AttachmentNeeds;
  bus: Bus;
  jobs: Jobs;
  /** Is somebody there for a site's customers, in a department or in any? */
  availability: (site: SiteRecord, departmentId: string | null) => Promise<Availability>;
  /** Keeps why an agent gets a chat, within the transaction that gives it. */
  recordAssignment: (assigned: DomainEvents['chat.assigned'], session: ClientSession) => Promise<void>;
  /** What changes one chat's counters takes turns under the chat's id. */
  inTurn: InTurn;
  /** What people write comes in by here, or is refused before anything is stored. */
  writes: WriteGate;
  limits: WritingLimits;
  now: () => Date;
}
