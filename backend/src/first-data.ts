import { isDuplicateKey } from './db/base-schema.ts';
import type { Env } from './env.ts';
import type { Setup } from './features/auth/index.ts';
import type { DepartmentService } from './features/departments/index.ts';
import { prepareInstallation, type InstallationModel } from './features/installation/index.ts';
import { MEASURE_JOB } from './features/metrics/index.ts';
import { MENTION_JOB } from './features/notifications/index.ts';
import { ROUTING_SWEEP_JOB } from './features/routing/index.ts';
import { ensureDefaultSite, type SiteModel } from './features/sites/index.ts';
import type { Jobs } from './jobs.ts';

interface Needs {
  env: Pick<Env, 'admin'>;
  /** The shape of the data that this program writes. */
  schemaVersion: number;
  installations: InstallationModel;
  departments: DepartmentService;
  sites: SiteModel;
  jobs: Jobs;
  setup: Setup;
  now: () => Date;
}

/** What is looked at again and again, from the first start on. */
const SWEEPS = [MEASURE_JOB, MENTION_JOB, ROUTING_SWEEP_JOB];

/** Makes what exists from the first start: departments, the default site, the sweeps, a configured admin. */
export async function makeFirstData(needs: Needs): Promise<void> {
  const { env, schemaVersion, installations, departments, sites, jobs, setup, now } = needs;
  await whoeverIsFirst(() => prepareInstallation(installations, schemaVersion));
  await whoeverIsFirst(() => departments.ensureFirst());
  await whoeverIsFirst(() => ensureDefaultSite(sites));
  for (const sweep of SWEEPS) await whoeverIsFirst(() => jobs.scheduleBy(sweep, 'all', now()));
  if (env.admin)
    await setup.createConfiguredAdmin({ ...env.admin, name: env.admin.email.split('@')[0] ?? 'Admin' });
}

/** Of several processes that make the same at their start one succeeds; the others then find it. */
async function whoeverIsFirst(make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    await make();
  }
}
