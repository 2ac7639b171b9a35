/** How long a browser may take to begin a download, in milliseconds. */
const BEGINS = 60_000;

/** Downloads what is here already: no page is opened, whatever the file is. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), BEGINS);
}
