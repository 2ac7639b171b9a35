import { EmptyState } from '../../ui/empty-state.tsx';
import { Search } from '../../ui/icons.ts';
import { usePageTitle } from './page-title.ts';

export function NotFoundPage() {
  usePageTitle('Not found');
  return (
    <EmptyState
      icon={<Search size={22} />}
      title="There is nothing here"
      action={
        <a class="button button--secondary" href="/agent">
          Go to the inbox
        </a>
      }
    >
      The address may be mistyped, or the page is not for your role.
    </EmptyState>
  );
}
