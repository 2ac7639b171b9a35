import { createSecretToken } from '../../lib/secret-token.ts';
import type { SiteModel } from './site.model.ts';

/** Makes the site `default` where it is missing: it exists from the first start. */
export async function ensureDefaultSite(sites: SiteModel): Promise<void> {
  await sites.updateOne(
    { key: 'default' },
    {
      $setOnInsert: {
        name: 'Support',
        identitySecret: createSecretToken(),
        theme: { accent: '#3b5bdb' },
        texts: {
          title: 'Hi there 👋',
          greeting: 'Ask us anything. We usually reply within a few minutes.',
        },
        preChatForm: { name: 'required', email: 'optional', department: 'optional' },
      },
    },
    { upsert: true },
  );
}
