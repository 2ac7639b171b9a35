import type { BusinessHours, Department, EndpointParsed, departmentEndpoints } from '@wzatco/sdk/contract';
import { mongo } from 'mongoose';
import { AppError, notFound } from '../../lib/app-error.ts';
import type { Bus } from '../../lib/bus.ts';
import type { Peers } from '../../lib/peers.ts';
import type { DepartmentModel, DepartmentRecord } from './department.model.ts';

declare module '../../lib/bus.ts' {
  interface DomainEvents {
    /** A department was made or has other business hours. */
    'department.changed': { departmentId: string };
  }
}

declare module '../../lib/peers.ts' {
  interface PeerWords {
    /** Departments were made, changed or removed there: what is kept of them is old. */
    'departments.changed': Record<string, never>;
  }
}

/** How long another process may go by old departments that was not told, in milliseconds. */
const KEPT = 5_000;

/** Both exist from the first start. */
const FIRST_DEPARTMENTS = ['Technical', 'Sales'];

type Table = typeof departmentEndpoints;
type Body<Key extends keyof Table> = Extract<EndpointParsed<Table[Key]>, { body: unknown }>['body'];

/** Departments: few, read at every turn, so they are kept in memory for a while, or until they change. */
export interface DepartmentService {
  list(): Promise<Department[]>;
  /** @throws NOT_FOUND, for a removed one too. */
  get(id: string): Promise<Department>;
  /** The id of a department that is named in an input; null for none. @throws VALIDATION_FAILED for an unknown name. */
  idOf(name: string | null | undefined): Promise<string | null>;
  /** The name that payloads use, of a removed one too; null for none. */
  nameOf(id: string | null): Promise<string | null>;
  /** Its own business hours; null where it has none. */
  hoursOf(id: string | null): Promise<BusinessHours | null>;
  /** @throws CONFLICT for a name that is taken. */
  create(body: Body<'POST /api/departments'>): Promise<Department>;
  /** @throws NOT_FOUND, CONFLICT for a name that is taken. */
  update(id: string, body: Body<'PATCH /api/departments/:id'>): Promise<Department>;
  /** @throws NOT_FOUND, CONFLICT for one that is in use. */
  remove(id: string): Promise<Record<string, never>>;
  /** Makes the first departments where there are none. */
  ensureFirst(): Promise<void>;
}

interface Needs {
  departments: DepartmentModel;
  bus: Bus;
  peers: Peers;
  now: () => Date;
  /** What still belongs to a department, in words; null for nothing. */
  useOf: (id: string) => Promise<string | null>;
}

export function createDepartmentService({ departments, bus, peers, now, useOf }: Needs): DepartmentService {
  /** By id, in the order of their names. */
  let kept: { records: Promise<Map<string, DepartmentRecord>>; until: number } | null = null;
  const forget = () => void (kept = null);
  peers.hear('departments.changed', forget);

  async function read(): Promise<Map<string, DepartmentRecord>> {
    const records = await departments.find().sort({ nameKey: 1 }).lean();
    return new Map(records.map((record) => [String(record._id), record]));
  }

  function load(): Promise<Map<string, DepartmentRecord>> {
    const at = now().getTime();
    if (kept && kept.until > at) return kept.records;
    const records = read();
    kept = { records, until: at + KEPT };
    records.catch(forget);
    return records;
  }

  const present = async () => [...(await load()).values()].filter(({ removedAt }) => !removedAt);
  const find = async (id: string | null) => (id === null ? undefined : (await load()).get(id));

  function changed(record: DepartmentRecord): Department {
    forget();
    peers.tell('departments.changed', {});
    bus.publish('department.changed', { departmentId: String(record._id) });
    return toDepartment(record);
  }

  async function change(id: string, set: Partial<DepartmentRecord>): Promise<DepartmentRecord> {
    const record = await departments
      .findOneAndUpdate({ _id: id, removedAt: null }, { $set: set }, { returnDocument: 'after' })
      .lean()
      .catch(explainTaken);
    if (!record) throw notFound('department');
    return record;
  }

  return {
    list: async () => (await present()).map(toDepartment),
    async get(id) {
      const found = await find(id);
      if (!found || found.removedAt) throw notFound('department');
      return toDepartment(found);
    },
    async idOf(name) {
      if (!name) return null;
      const found = (await present()).find(({ nameKey }) => nameKey === name.toLowerCase());
      if (!found) throw new AppError('VALIDATION_FAILED', 'department: there is no department of this name');
      return String(found._id);
    },
    nameOf: async (id) => (await find(id))?.name ?? null,
    hoursOf: async (id) => (await find(id))?.businessHours ?? null,
    async create({ name, businessHours = null }) {
      const made = await departments
        .create({ name, nameKey: name.toLowerCase(), businessHours })
        .catch(explainTaken);
      return changed(made.toObject());
    },
    async update(id, { name, businessHours }) {
      const record = await change(id, {
        ...(name === undefined ? {} : { name, nameKey: name.toLowerCase() }),
        ...(businessHours === undefined ? {} : { businessHours }),
      });
      return changed(record);
    },
    async remove(id) {
      const use = await useOf(id);
      if (use) throw new AppError('CONFLICT', `This department is in use: ${use}`);
      changed(await change(id, { removedAt: now(), nameKey: `removed ${id}` }));
      return {};
    },
    async ensureFirst() {
      if ((await departments.estimatedDocumentCount()) > 0) return;
      const first = FIRST_DEPARTMENTS.map((name) => ({ name, nameKey: name.toLowerCase() }));
      // All or none: another process that starts at the same time must not see half of them.
      await departments.db.transaction((session) => departments.insertMany(first, { session }));
      forget();
    },
  };
}

/** What the database holds of hours, as the contract shows it. */
function toDepartment({ _id, name, businessHours }: DepartmentRecord): Department {
  return { id: String(_id), name, businessHours: businessHours ?? null };
}

function explainTaken(error: unknown): never {
  if (error instanceof mongo.MongoServerError && error.code === 11_000) {
    throw new AppError('CONFLICT', 'There is a department of this name already.');
  }
  throw error;
}
