import { checkDatabaseFile } from './check.ts';

/**
 * @param consequence what it means to the one who reads the error
 * @throws Error with what is wrong in the file
 */
export function requireSound(file: string, consequence: string): void {
  const [finding] = checkDatabaseFile(file);
  if (finding !== undefined) throw new Error(`${consequence} (${finding.message})`);
}
