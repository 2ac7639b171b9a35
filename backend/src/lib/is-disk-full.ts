/** What the system and databases say where there is no room: a full disk, a quota, the largest file that is allowed. */
const NO_ROOM: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 14_031]);

/** Did this fail because there was no room to store it, so that it will work when somebody has made some? */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NO_ROOM.has(error.code);
}
