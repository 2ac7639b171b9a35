import { createExclusive } from '../lib/exclusive.ts';
import { openRecordStore } from '../lib/record-store.ts';
import { createOutbox, type Outbox, type OutboxOptions } from './outbox.ts';

/** The outbox in this device's storage: shared by all tabs, or by nobody where it is in memory. */
export function openOutbox(
  options: Pick<OutboxOptions, 'name' | 'owner' | 'isOwner' | 'deliver' | 'onGone'> & {
    storage: 'local' | 'memory';
  },
): Outbox {
  const { storage, ...rest } = options;
  return createOutbox({
    ...rest,
    records: openRecordStore({ name: options.name, kind: storage }),
    exclusive: createExclusive({ shared: storage === 'local' }),
  });
}
