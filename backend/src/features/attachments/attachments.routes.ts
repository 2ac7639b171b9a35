import type { attachmentEndpoints } from '@wzatco/sdk/contract';
import type { Handlers } from '../../lib/mount.ts';
import type { AttachmentNeeds } from './attachment-needs.ts';
import { readAttachment } from './read-attachment.ts';
import { removeUpload } from './remove-upload.ts';
import { uploadFile } from './upload-file.ts';

/** Attachments over REST: parse (done), call, reply. */
export function createAttachmentHandlers(needs: AttachmentNeeds): Handlers<typeof attachmentEndpoints> {
  return {
    'POST /api/uploads': (context, input) => uploadFile(needs, context, input),
    'DELETE /api/uploads/:id': (context, { params }) => removeUpload(needs, context, params.id),
    'GET /api/uploads/:id': (context, { params, request }) =>
      readAttachment(needs, context, { id: params.id, request, thumbnail: false }),
    'GET /api/uploads/:id/thumbnail': (context, { params, request }) =>
      readAttachment(needs, context, { id: params.id, request, thumbnail: true }),
  };
}
