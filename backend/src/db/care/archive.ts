/**
 * What a backup is: a tar archive (gzipped where its name ends in `.gz` or `.tgz`) with, in this order,
 *
 * - `manifest.json`: what it is, of when, and how much it holds
 * - `database.sqlite`: one committed state of the database
 * - `uploads/…`: the attachments, each file under its name
 * - `SHA256SUMS`: a line for each of the above, as `sha256sum --check` reads it; without it the archive is cut short
 */
export type Manifest = {
  readonly format: typeof FORMAT;
  readonly formatVersion: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Of the data's shape; null where no program has prepared the data yet. */
  readonly schemaVersion: number | null;
  /** How many documents each collection holds. */
  readonly counts: Readonly<Record<string, number>>;
  /** False: the uploads were left out, and a restore leaves those alone that it finds. */
  readonly hasUploads: boolean;
};

export const FORMAT = 'wzatco-backup';
export const FORMAT_VERSION = 1;

export const ENTRY = {
  manifest: 'manifest.json',
  database: 'database.sqlite',
  uploads: 'uploads/',
  sums: 'SHA256SUMS',
} as const;

/** Whether a file's name says that it is to be compressed. */
export function isCompressed(file: string): boolean {
  return /\.(t?gz)$/i.test(file);
}

/**
 * @throws Error with one line that says why this program cannot use it
 */
export function parseManifest(text: string): Manifest {
  const manifest = parseJson(text);
  if (manifest?.format !== FORMAT) throw new Error('it is no backup of WZATCO');
  if (manifest.formatVersion !== FORMAT_VERSION) {
    throw new Error(
      `it has format ${manifest.formatVersion}, this program knows ${FORMAT_VERSION}: use a newer WZATCO`,
    );
  }
  return manifest;
}

function parseJson(text: string): Manifest | null {
  try {
    return JSON.parse(text) as Manifest | null;
  } catch (error) {
    throw new Error('its manifest cannot be read', { cause: error });
  }
}
