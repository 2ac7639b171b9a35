export { broadcastChats, tellTypingBy } from './broadcast-chats.ts';
export type { ChatNeeds } from './chat-needs.ts';
export { defineChatModel, type ChatModel, type ChatRecord } from './chat.model.ts';
export { createChatHandlers } from './chat.routes.ts';
export { createChatEvents } from './chat.socket.ts';
export { startHeartbeat } from './heartbeat.ts';
export { defineMessageModel, type MessageModel, type MessageRecord } from './message.model.ts';
export { currentChat } from './read-chats.ts';
export { createTyping } from './typing.ts';
