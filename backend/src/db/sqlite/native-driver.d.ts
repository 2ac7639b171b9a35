/** Mongoose's own driver: untyped inside Mongoose, only what is used here. */
declare module 'mongoose/lib/drivers/node-mongodb-native/index.js' {
  import type { Connection as MongooseConnection, mongo } from 'mongoose';

  /** Mongoose's connection with the inner parts that a driver sets. */
  export type DriverConnection = Omit<
    MongooseConnection,
    'db' | 'name' | 'readyState' | 'config' | 'models'
  > & {
    db: unknown;
    client: unknown;
    name: string;
    host: string;
    port: number;
    readyState: number;
    config: Record<string, unknown>;
    models: Record<string, unknown>;
    _connectionString: string;
    _destroyCalled: boolean;
    onOpen(): void;
  };

  const driver: {
    readonly Connection: new (base?: unknown) => DriverConnection;
    readonly Collection: unknown;
    readonly BulkWriteResult: new (counts: unknown, isOrdered: boolean) => mongo.BulkWriteResult;
    readonly ClientEncryption: unknown;
  };
  export default driver;
}
