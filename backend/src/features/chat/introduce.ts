import { AppError } from '../../lib/app-error.ts';
import type { VisitorActor } from '../../lib/context.ts';
import type { CustomerRecord } from '../customers/index.ts';
import { offeredDepartments, type SiteRecord } from '../sites/index.ts';
import type { ChatNeeds } from './chat-needs.ts';

/** What the form before a chat asks. */
interface Said {
  name?: string | undefined;
  email?: string | undefined;
  department?: string | null | undefined;
}

/** Who opens a chat, and where. */
interface Introduction {
  customer: CustomerRecord;
  /** What of it is new. */
  said: Partial<Pick<CustomerRecord, 'name' | 'email'>>;
  site: SiteRecord;
  departmentId: string | null;
}

/**
 * The customer as they say they are, for the department that they chose; a signed identity is not overwritten by it.
 *
 * @throws VALIDATION_FAILED without what the site's form requires, and for a department that the site does not offer.
 */
export async function introduce(needs: ChatNeeds, actor: VisitorActor, input: Said): Promise<Introduction> {
  const [known, site] = await Promise.all([
    needs.customers.findById(actor.customerId).lean(),
    needs.sites.findById(actor.siteId).lean(),
  ]);
  if (!known || !site) throw new AppError('UNAUTHENTICATED', 'The visitor token is no longer valid.');
  const said = {
    ...(input.name && !known.verified ? { name: input.name } : {}),
    ...(input.email && !known.verified ? { email: input.email } : {}),
  };
  const customer = { ...known, ...said };
  for (const field of ['name', 'email'] as const) {
    // What a signed identity leaves out cannot be given by hand.
    if (site.preChatForm[field] === 'required' && customer[field] === null && !known.verified) {
      throw new AppError('VALIDATION_FAILED', `${field}: is needed to start a chat`);
    }
  }
  return { customer, said, site, departmentId: await chosenDepartment(needs, site, input.department) };
}

async function chosenDepartment(
  { departments }: ChatNeeds,
  site: SiteRecord,
  name: string | null | undefined,
): Promise<string | null> {
  const offered = await offeredDepartments(departments, site);
  const id = await departments.idOf(name);
  const choices = offered.map((department) => department.name).join(', ');
  if (id === null) {
    // A form with nothing to choose from cannot ask for it.
    if (site.preChatForm.department !== 'required' || offered.length === 0) return null;
    throw new AppError('VALIDATION_FAILED', `department: is needed to start a chat, one of: ${choices}`);
  }
  if (offered.some((department) => department.id === id)) return id;
  throw new AppError(
    'VALIDATION_FAILED',
    `department: this site does not offer it, but: ${choices || 'none'}`,
  );
}
