import { LitElement } from 'lit';

/** What a newly shown panel gives the focus to; null on a touch screen, where a field would raise the keyboard. */
export async function focusTarget(root: ParentNode): Promise<HTMLElement | null> {
  if (matchMedia('(pointer: coarse)').matches) return null;
  const part = root.querySelector<HTMLElement>(
    'wzatco-pre-chat-form, wzatco-composer, wzatco-rating, .failed button',
  );
  if (part instanceof LitElement) await part.updateComplete;
  return part;
}
