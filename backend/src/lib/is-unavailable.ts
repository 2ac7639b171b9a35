/** Errors of MongoDB's driver that say that no server is there just now. */
const AWAY = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoPoolClearedError',
  'PoolClearedError',
  'MongoPoolClosedError',
]);

/** Codes of MongoDB's servers while they step down, shut down or have no primary. */
const STEPPING_DOWN = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436]);

/** Did this fail because the database is not there just now, so that trying again later will help? */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return AWAY.has(error.name) || ('code' in error && STEPPING_DOWN.has(Number(error.code)));
}
