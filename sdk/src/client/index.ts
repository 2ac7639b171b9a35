/** The client layer of WZATCO: typed REST, live events, an outbox that loses nothing. */
export { createAgentClient } from './create-agent-client.ts';
export { createVisitorClient } from './create-visitor-client.ts';
export { ClientError, type ClientErrorCode } from './client-error.ts';

export { charactersIn } from '../lib/characters-in.ts';
export type { Readable } from '../lib/readable.ts';
export type { AgentClient, AgentClientOptions, AgentSession } from './agent-client.ts';
export type { AttachmentsApi } from './attachments-api.ts';
export type {
  AuthApi,
  ChangePasswordInput,
  LoginInput,
  Me,
  ResetPasswordInput,
  SetupInput,
} from './auth-api.ts';
export type { ChatAttachment, ChatMessage, ChatState } from './chat-state.ts';
export type { ChatStore } from './chat-store.ts';
export type { Offer } from './agent-offers.ts';
export type {
  Assignment,
  ChatEnd,
  ChatQuery,
  ChatsApi,
  HistoryQuery,
  NoteQuery,
  TransferTarget,
} from './chats-api.ts';
export type { ConnectionState } from './connection-state.ts';
export type { DepartmentsApi } from './departments-api.ts';
export type { ListenToServer, ServerEventName, ServerEventPayload } from './server-events.ts';
export type { NotificationQuery, NotificationsApi, ReadNotifications } from './notifications-api.ts';
export type { SitesApi, UpdateSiteInput } from './sites-api.ts';
export type {
  CreatedUser,
  CreateUserInput,
  UpdateUserInput,
  UserQuery,
  UsersApi,
  Workload,
} from './users-api.ts';
export type { OpenChatInput, OpeningForm } from './open-chat-input.ts';
export type { VisitorClient, VisitorClientOptions } from './visitor-client.ts';

export type { Attachment } from '../contract/attachments.ts';
export type { Session, SessionUser } from '../contract/auth.ts';
export type { Chat, ChatSnapshot, InboxSync, Message } from '../contract/chats.ts';
export type { ChatMetric } from '../contract/metrics.ts';
export type { MessageRevision } from '../contract/messages.ts';
export type { Note } from '../contract/notes.ts';
export type { Notification, UnreadNotifications, WhichNotifications } from '../contract/notifications.ts';
export type {
  ChatStatus,
  ErrorCode,
  Permission,
  PresenceStatus,
  Role,
  Sender,
  TranscriptFormat,
  UserStatus,
} from '../contract/constants.ts';
export type { Department } from '../contract/departments.ts';
export type { Page } from '../contract/endpoints.ts';
export type { RoutingDecision, Transfer } from '../contract/routing.ts';
export type { Site } from '../contract/sites.ts';
export type { Colleague, OnlineAgent, User } from '../contract/users.ts';
export type { VisitorSession, WidgetConfig } from '../contract/widget.ts';
export { linkify, webAddress, type TextPart } from '../lib/linkify.ts';
