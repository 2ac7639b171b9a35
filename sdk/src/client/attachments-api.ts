import type { Transport } from './transport.ts';

/** Reads what was attached. Files are private: a plain link or an `<img>` of another origin would be refused. */
export interface AttachmentsApi {
  /**
   * The file's bytes, or those of its thumbnail (WebP, 480 pixels at most). `NOT_FOUND` where it is not one's own to
   * see, or its message was deleted.
   *
   * @example
   * const url = URL.createObjectURL(await client.attachments.load(attachment.id, { thumbnail: true }));
   * image.addEventListener('error', () => showFileCard(attachment)); // a page's policy may refuse `img-src blob:`
   * image.src = url;
   */
  load(id: string, options?: { thumbnail?: boolean }): Promise<Blob>;
  /**
   * The file's address, for programs that fetch it by themselves, with `Authorization: Bearer <token>`.
   *
   * @example
   * await fetch(client.attachments.url(id), { headers: { authorization: `Bearer ${token}`, range: 'bytes=0-99' } });
   */
  url(id: string, options?: { thumbnail?: boolean }): string;
}

/** @param base the server's address without a slash at its end */
export function createAttachmentsApi(base: string, transport: Transport): AttachmentsApi {
  const pathOf = (id: string, { thumbnail = false } = {}) =>
    `/api/uploads/${encodeURIComponent(id)}${thumbnail ? '/thumbnail' : ''}`;
  return {
    load: (id, options) => transport.download(pathOf(id, options)),
    url: (id, options) => base + pathOf(id, options),
  };
}
