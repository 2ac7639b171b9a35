import native from 'mongoose/lib/drivers/node-mongodb-native/index.js';
import { Client } from './client.ts';
import type { EngineLimits } from '../storage/engine.ts';

export type EmbeddedOptions = {
  autoIndex?: boolean;
  autoCreate?: boolean;
  sanitizeFilter?: boolean;
  bufferCommands?: boolean;
  bufferTimeoutMS?: number;
  dbName?: string;
  /** How writes are grouped and transactions limited. */
  limits?: EngineLimits;
};

const CONNECTED = 1;
const CONNECTING = 2;
const CONFIG = ['autoIndex', 'autoCreate', 'sanitizeFilter', 'bufferCommands', 'bufferTimeoutMS'] as const;

/** Mongoose's own connection, except that its client is a file. The URI is the file's path. */
export class Connection extends native.Connection {
  async createClient(uri: string, options: EmbeddedOptions = {}): Promise<this> {
    if (this._destroyCalled) throw new Error('The connection was destroyed; create a new one');
    for (const name of CONFIG) if (options[name] !== undefined) this.config[name] = options[name];
    this.readyState = CONNECTING;
    this._connectionString = uri;
    const path = uri.replace(/^(sqlite|file):(\/\/)?/, '');
    const name = options.dbName ?? 'main';
    const client = new Client(path, name, options.limits);
    this.client = client;
    this.db = client.db();
    this.name = name;
    this.host = path;
    this.onOpen();
    if (this.readyState !== CONNECTED) throw new Error('The connection was closed while it opened');
    return this;
  }
}
