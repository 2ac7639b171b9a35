/**
 * Plain values that every reader of the contract shares. No zod here: this is the one part of the contract
 * that clients import at run time.
 */

export { ATTACHMENT_TYPES } from './constants-attachments.ts';

/** The version of the socket conversation; sockets send it as `auth.protocol` (a missing one is 1). */
export const PROTOCOL = 1;

/** The path that Socket.IO answers on. */
export const SOCKET_PATH = '/socket.io/';

/** Sizes beyond which an input is refused (SPEC §12). Characters unless named otherwise. */
export const LIMITS = {
  message: 10_000,
  name: 100,
  email: 254,
  attachmentsPerMessage: 5,
  /** What a server takes unless `UPLOAD_MAX_BYTES` says otherwise. */
  attachmentBytes: 10 * 1024 * 1024,
  fileName: 255,
  /** A picture of more could not be decoded with care for the memory. */
  picturePixels: 64_000_000,
  /** The longer side of a thumbnail, in pixels. */
  thumbnailSide: 480,
  originsPerSite: 200,
  clientMessageId: 64,
  jsonBodyBytes: 1024 * 1024,
  socketPacketBytes: 1024 * 1024,
  pageMax: 100,
  pageDefault: 25,
  /** One page of catching up: messages, and bytes of their JSON. */
  syncMessages: 200,
  syncBytes: 256 * 1024,
  ratingComment: 2_000,
  tag: 50,
  tagsPerChat: 20,
  mentionsPerNote: 20,
  reopenHours: 720,
  idleMinutes: 10_080,
  /** bcrypt reads 72 bytes and no further; a longer password is refused, never cut. */
  passwordBytes: 72,
  passwordMin: 10,
} as const;

/** Times of the conversation, in milliseconds. */
export const TIMES = {
  /** A client sends at most one `typing` in this time. */
  typingEvery: 500,
  /** The server ends somebody's typing after this time without another. */
  typingExpires: 6_000,
  /** `heartbeat` interval. */
  heartbeat: 25_000,
  /** How long a client waits for an acknowledgement before it goes over HTTP. */
  ackTimeout: 8_000,
  /** How long an agent stays present after their last connection has gone. */
  presenceGrace: 15_000,
  /** How long after sending a message its author may edit or delete it. */
  messageChangeable: 15 * 60 * 1_000,
  /** An agent who is `online` becomes `away` after this time without a sign of life, unless theirs is set. */
  awayAfter: 15 * 60_000,
  /** A chat is not offered again to who declined or missed it before this time has passed. */
  offerAgain: 5 * 60_000,
} as const;

/** Every failure that a client may see, with the HTTP status it travels under. */
export const ERROR_STATUS = {
  VALIDATION_FAILED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  CHAT_CLOSED: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA: 415,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

/** A failure's name, e.g. `CHAT_CLOSED`. */
export type ErrorCode = keyof typeof ERROR_STATUS;

/** The codes after which the same request may succeed later: an outbox keeps trying these. */
export const RETRYABLE_CODES = ['UNAVAILABLE', 'INTERNAL', 'RATE_LIMITED'] as const;

export const ROLES = ['admin', 'agent', 'user'] as const;
export const USER_STATUSES = ['active', 'inactive', 'suspended'] as const;
export const CHAT_STATUSES = ['waiting', 'active', 'closed'] as const;
export const CHAT_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
/** How a chat is written down. */
export const TRANSCRIPT_FORMATS = ['text', 'html', 'json'] as const;
/** What a note is about. */
export const NOTE_SUBJECTS = ['chat', 'ticket', 'customer'] as const;
/** Why somebody is notified. */
export const NOTIFICATION_KINDS = ['mention'] as const;
export const SENDERS = ['customer', 'agent', 'system', 'bot'] as const;
export const PRESENCE_STATUSES = ['online', 'away', 'busy', 'offline'] as const;
/** How waiting chats find an agent: claimed by hand, or offered in turn, or to who has the fewest. */
export const ROUTING_POLICIES = ['manual', 'round_robin', 'least_busy'] as const;
/** Why an offer is over. */
export const OFFER_ENDS = [
  'accepted',
  'claimed',
  'declined',
  'expired',
  'withdrawn',
  'customer_left',
] as const;
/** What routing decides, or notes that others decided. */
export const ROUTING_DECISIONS = [
  'queued',
  'offered',
  'accepted',
  'declined',
  'expired',
  'withdrawn',
  'claimed',
  'assigned',
  'transferred',
] as const;
export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
export const PERMISSIONS = [
  'departments:all',
  'chats:delete',
  'tickets:delete',
  'customers:export',
  'customers:erase',
  'kb:publish',
  'reports:view',
  'canned:manage',
  'tags:manage',
  'macros:manage',
] as const;

export type Role = (typeof ROLES)[number];
export type UserStatus = (typeof USER_STATUSES)[number];
export type ChatStatus = (typeof CHAT_STATUSES)[number];
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];
export type Sender = (typeof SENDERS)[number];
export type PresenceStatus = (typeof PRESENCE_STATUSES)[number];
export type RoutingPolicy = (typeof ROUTING_POLICIES)[number];
export type OfferEnd = (typeof OFFER_ENDS)[number];
export type RoutingDecisionKind = (typeof ROUTING_DECISIONS)[number];
export type Permission = (typeof PERMISSIONS)[number];
