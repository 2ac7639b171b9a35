/**
 * How the live connection is.
 * `idle`: not started. `connecting`: the first time. `online`: live. `reconnecting`: lost, trying again.
 * `offline`: the device has no network (tried again as soon as it has). `stopped`: by `stop()`, the end of
 * the session, or a server that no longer speaks this client's protocol.
 */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'offline' | 'stopped';
