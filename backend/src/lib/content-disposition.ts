/**
 * The header that makes a browser save a file under its name (RFC 6266): the name in UTF-8, and without what is not
 * ASCII for whoever cannot read that.
 *
 * @example attachmentDisposition('naïve 😀.txt') // attachment; filename="na_ve _.txt"; filename*=UTF-8''na%C3%AFve%20%F0%9F%98%80.txt
 */
export function attachmentDisposition(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/gu, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
