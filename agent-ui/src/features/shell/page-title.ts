import { useEffect } from 'preact/hooks';
import { useConsole } from '../../context.ts';

/** Names the page in the browser's tab; how many chats ask for the agent stands before it. */
export function usePageTitle(title: string): void {
  const { inbox, session } = useConsole();
  const waiting = session.user.value === null ? 0 : inbox.attention.value;
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${title} · WZATCO`;
  }, [title, waiting]);
}
