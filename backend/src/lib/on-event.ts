import type {
  ClientEventTable,
  EventParsed,
  EventReply,
  ServerEventTable,
  ServerPayload,
} from '@wzatco/sdk/contract';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import { z } from 'zod';
import { checkAccess } from './access.ts';
import { createAfterwards } from './afterwards.ts';
import { AppError } from './app-error.ts';
import type { Context, UserActor, VisitorActor } from './context.ts';
import { ownWords } from './own-words.ts';
import { toAppError, validationFailed } from './to-app-error.ts';

/** What is known of a connection from its handshake on. */
export interface SocketData {
  actor: UserActor | VisitorActor;
  ip: string;
  place: { origin: string | null; serverOrigin: string };
}

export type LiveServer = Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;
export type LiveSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;

/** What a handler knows of the event, besides its payload. */
export interface EventContext extends Context {
  socket: LiveSocket;
}

/** One function an event: gets the parsed payload, returns the acknowledgement's `data`. */
export type EventHandlers<Table extends ClientEventTable> = {
  [Name in keyof Table]: (
    context: EventContext,
    payload: EventParsed<Table[Name]>,
  ) => Promise<EventReply<Table[Name]>> | EventReply<Table[Name]>;
};

/** The events of all features: name → declaration and handler. */
export type EventRegistry = Map<
  string,
  {
    access: ClientEventTable[string]['access'];
    run: (context: EventContext, payload: unknown) => Promise<unknown>;
  }
>;

/**
 * Adds a feature's events to the registry. What a payload says of its sender is checked and taken out first
 * (`ownWords`), so events need not declare it.
 *
 * @param checkReplies In development and tests a reply that does not match its schema is an error.
 */
export function registerEvents<Table extends ClientEventTable>(
  registry: EventRegistry,
  table: Table,
  handlers: EventHandlers<Table>,
  checkReplies: boolean,
): void {
  for (const [name, event] of Object.entries(table)) {
    // The table's own types pair each name with its handler; a loop over it cannot say so.
    const handler = handlers[name] as (context: EventContext, payload: unknown) => unknown;
    registry.set(name, {
      access: event.access,
      async run(context, payload) {
        const parsed = event.payload.safeParse(ownWords(payload, event, context.actor));
        if (!parsed.success) throw validationFailed(parsed.error);
        const data = await handler(context, parsed.data);
        if (checkReplies) checkReply(name, event.reply, data);
        return data;
      },
    });
  }
}

/** How events of a connection are let in. */
export interface EventDoor {
  /** @param afterwards does what others hear of the event, behind its acknowledgement */
  createContext(afterwards: EventContext['afterwards']): EventContext;
  /** Refuses by throwing, e.g. who sends too much. */
  admit(context: EventContext): Promise<void>;
  /** Runs the answer, acknowledgement and all, counted among what is under way. */
  track(answer: () => Promise<void>): Promise<void>;
}

/**
 * The one door for everything that a socket sends: lets in, checks access, takes out what it says of its sender, parses,
 * calls, acknowledges, and catches: a handler that throws would otherwise end the process.
 */
export function answerEvents(socket: LiveSocket, registry: EventRegistry, door: EventDoor): void {
  socket.onAny((name: unknown, ...args: unknown[]) => {
    const last = args.at(-1);
    const acknowledge = typeof last === 'function' ? last : () => undefined;
    const payload = typeof args[0] === 'function' ? undefined : args[0];
    const later = createAfterwards();
    const context = door.createContext(later.add);
    const run = async () => {
      await door.admit(context);
      const event = registry.get(String(name));
      if (!event) throw new AppError('NOT_FOUND', 'There is no such event.');
      checkAccess(event.access, context.actor);
      return event.run(context, payload);
    };
    void door.track(async () => {
      try {
        acknowledge({ success: true, data: await run() });
      } catch (error) {
        const known = toAppError(error, context.requestId, context.log);
        logRefusal(context, registry.has(String(name)) ? String(name) : 'unknown', known);
        acknowledge({ success: false, error: known.toBody() });
      }
      later.release();
    });
  });
}

/** Who sends too much would fill the log too. */
function logRefusal({ log, actor, requestId }: EventContext, event: string, { code }: AppError): void {
  const who =
    actor.kind === 'visitor'
      ? { customerId: actor.customerId }
      : actor.kind === 'user'
        ? { userId: actor.id }
        : {};
  log[code === 'RATE_LIMITED' ? 'debug' : 'info']({ requestId, event, code, ...who }, 'event refused');
}

/** Sends one of the contract's server events; where replies are checked, its payload is too. */
export type Emit<Table extends ServerEventTable> = <Name extends keyof Table & string>(
  to: readonly string[],
  name: Name,
  payload: ServerPayload<Table[Name]>,
  except?: readonly string[],
) => void;

/**
 * @param io Everybody, or `io.local`: those of this process.
 * @example const emit = createEmit(io, chatServerEvents, true); emit([rooms.staff], 'agent_presence_update', update);
 */
export function createEmit<Table extends ServerEventTable>(
  io: Pick<LiveServer, 'to'> | LiveServer['local'],
  table: Table,
  check: boolean,
): Emit<Table> {
  return (to, name, payload, except = []) => {
    const event = table[name];
    if (check && event) checkReply(name, event.payload, payload);
    io.to([...to])
      .except([...except])
      .emit(name, payload);
  };
}

function checkReply(name: string, schema: z.ZodType, data: unknown): void {
  const checked = schema.safeParse(data);
  if (!checked.success) {
    throw new Error(`What ${name} sends does not match its contract: ${z.prettifyError(checked.error)}`);
  }
}
