export { createAuthenticator, type Authenticator } from './authenticate.ts';
export { createAuthHandlers } from './auth.routes.ts';
export { createLoginSessions, type LoginSessions } from './login-sessions.ts';
export { defineSessionModel, type SessionModel } from './session.model.ts';
export { createSetup, type Setup } from './setup.ts';
export { identifyCaller } from './identify-caller.ts';
export { authenticateSocket, HandshakeError } from './authenticate-socket.ts';
