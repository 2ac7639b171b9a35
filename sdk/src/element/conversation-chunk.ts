/** What is fetched with the first conversation, beside the panel: files to send and to see, the rating. */
import { definePart } from './define-part.ts';
import { AttachButton } from './parts/attachment/attach-button.ts';
import { Attachment } from './parts/attachment/attachment.ts';
import { Rating } from './parts/rating/rating.ts';

definePart('wzatco-attachment', Attachment);
definePart('wzatco-attach-button', AttachButton);
definePart('wzatco-rating', Rating);
