import type { PresenceStatus, Role } from '@wzatco/sdk/contract/constants';

/** Somebody who works at the demo's desk. */
export interface Colleague {
  name: string;
  email: string;
  role: Role;
  /** Null: helps everywhere. */
  department: string | null;
  /** How the others see them; `offline` have gone home. */
  presence: PresenceStatus;
}

/** The password of everybody at the desk; the demo prints it. */
export const PASSWORD = 'demo-support-desk';

/** Whom people sign in as: an admin and two agents of different departments. */
export const LOGINS: readonly Colleague[] = [
  { name: 'Anna Keller', email: 'anna@demo.example', role: 'admin', department: null, presence: 'offline' },
  {
    name: 'Bert Braun',
    email: 'bert@demo.example',
    role: 'agent',
    department: 'Technical',
    presence: 'offline',
  },
  {
    name: 'Chiara Conti',
    email: 'chiara@demo.example',
    role: 'agent',
    department: 'Sales',
    presence: 'offline',
  },
];

/** The others: whoever is not `offline` holds a connection of their own while the demo runs. */
export const COLLEAGUES: readonly Colleague[] = [
  {
    name: 'Dmytro Kovalenko',
    email: 'dmytro@demo.example',
    role: 'agent',
    department: 'Technical',
    presence: 'online',
  },
  {
    name: 'Aoife Ní Bhriain',
    email: 'aoife@demo.example',
    role: 'agent',
    department: 'Technical',
    presence: 'busy',
  },
  {
    name: '陈美玲 Meiling Chen',
    email: 'meiling@demo.example',
    role: 'agent',
    department: 'Technical',
    presence: 'online',
  },
  {
    name: 'José Ángel Muñoz',
    email: 'jose@demo.example',
    role: 'agent',
    department: 'Sales',
    presence: 'online',
  },
  {
    name: 'Folasade Okonkwo',
    email: 'folasade@demo.example',
    role: 'agent',
    department: 'Sales',
    presence: 'away',
  },
  {
    name: 'سلمى منصور',
    email: 'salma@demo.example',
    role: 'agent',
    department: 'Billing',
    presence: 'online',
  },
  {
    name: 'Ján Šťastný',
    email: 'jan@demo.example',
    role: 'agent',
    department: 'Billing',
    presence: 'offline',
  },
  {
    name: 'Priya Raghunathan',
    email: 'priya@demo.example',
    role: 'agent',
    department: 'Bookings',
    presence: 'online',
  },
  {
    name: 'Søren Ødegård',
    email: 'soren@demo.example',
    role: 'agent',
    department: 'Bookings',
    presence: 'away',
  },
  {
    name: 'Mateus d’Ávila',
    email: 'mateus@demo.example',
    role: 'agent',
    department: null,
    presence: 'offline',
  },
];
