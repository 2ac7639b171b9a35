export { toAttachment, type AttachmentSummary } from './attachment.dto.ts';
export { defineAttachmentModel } from './attachment.model.ts';
export type { AttachmentNeeds } from './attachment-needs.ts';
export { createAttachmentHandlers } from './attachments.routes.ts';
export { startSweep, sweepUploads } from './sweep-uploads.ts';
export { createUploadLimits } from './upload-limits.ts';
export { releaseAttachments, useAttachments } from './use-attachments.ts';
