import { ATTACHMENT_TYPES } from '@wzatco/sdk/contract/constants';

/** What a file chooser offers: by kind for phones, which then offer the camera; by ending for the rest. */
export const ACCEPTED_FILES = [
  'image/*,video/*,audio/*',
  ...Object.values(ATTACHMENT_TYPES).flatMap((endings) => endings.map((ending) => `.${ending}`)),
].join();
