import { useLocation } from 'preact-iso/router';
import { useConsole } from '../../context.ts';
import { failureText } from '../../models/failure-text.ts';

/** Signs out and goes to the login page; says so where it did not work. */
export function useSignOut(): () => Promise<void> {
  const { session, alerts } = useConsole();
  const { route } = useLocation();
  return async () => {
    try {
      await session.logout();
      route('/agent/login', true);
    } catch (error) {
      alerts.tell({ tone: 'bad', title: 'Not signed out', detail: failureText(error) });
    }
  };
}
