import type { Attachment, attachmentEndpoints } from '../contract/attachments.ts';
import { randomId } from '../lib/random-id.ts';
import { openRecordStore } from '../lib/record-store.ts';
import { memoryStore, webStore } from '../lib/storage.ts';
import { caller } from './call.ts';
import type { Transport } from './transport.ts';
import { createUploads, type Uploads, type UploadsOptions } from './uploads.ts';

/** The uploads in this device's storage, sent over this transport. */
export function openUploads(
  options: Pick<UploadsOptions, 'owner' | 'isOwner'> & {
    name: string;
    storage: 'local' | 'memory';
    transport: Transport;
  },
): Uploads {
  const { name, storage, transport, ...rest } = options;
  const call = caller<typeof attachmentEndpoints>(transport);
  return createUploads({
    ...rest,
    tab: tabOf(name, storage),
    records: openRecordStore({ name, kind: storage, holdsFiles: true }),
    async send({ id, file, name: fileName }, onProgress, signal) {
      const query = { name: fileName, clientUploadId: id };
      const attachment = await transport.upload('/api/uploads', file, { query, onProgress, signal });
      // As everywhere, the server's word is taken for the shape of what it answers.
      return attachment as Attachment;
    },
    discard: (id) => call('DELETE /api/uploads/:id', { params: { id } }),
  });
}

/** A name of this tab that a reload does not change. */
function tabOf(name: string, storage: 'local' | 'memory'): string {
  const kept = storage === 'memory' ? memoryStore() : webStore(() => globalThis.sessionStorage);
  const key = `${name}:tab`;
  const tab = kept.get(key) ?? randomId();
  kept.set(key, tab);
  return tab;
}
