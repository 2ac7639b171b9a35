/** A site of the demo's company group. */
export interface Brand {
  key: string;
  name: string;
  accent: string;
  title: string;
  greeting: string;
  departments: string[];
  /** Where its customers are when they write. */
  pages: string[];
  products: string[];
}

export const DEPARTMENTS = ['Technical', 'Sales', 'Billing', 'Bookings'];

/** The first one is the site `default`, whose widget the example shop embeds. */
export const BRANDS: readonly [Brand, ...Brand[]] = [
  {
    key: 'default',
    name: 'Northwind Coffee Roasters',
    accent: '#9a5b13',
    title: 'Hello from the roastery ☕',
    greeting: 'Beans, grinders, deliveries: ask us anything. We usually reply within a few minutes.',
    departments: ['Sales', 'Technical', 'Billing'],
    pages: ['/coffee/sidama', '/coffee', '/basket', '/orders', '/subscription', '/equipment/hand-grinder'],
    products: ['Sidama', 'Huila', 'Yirgacheffe', 'Harbour espresso blend', 'decaf Cauca', 'hand grinder H2'],
  },
  {
    key: 'lumen',
    name: 'Lumen Analytics',
    accent: '#4a55e0',
    title: 'Lumen support',
    greeting: 'Tell us what you are trying to do, and we will help you get there.',
    departments: ['Technical', 'Sales', 'Billing'],
    pages: ['/dashboards', '/settings/api-keys', '/docs/import', '/pricing', '/billing', '/alerts'],
    products: ['Starter', 'Team', 'Scale'],
  },
  {
    key: 'wanderbird',
    name: 'Wanderbird Travel',
    accent: '#0b7285',
    title: 'Where to? 🌍',
    greeting: 'Our travel people answer from 7 in the morning to 11 at night.',
    departments: ['Bookings', 'Billing'],
    pages: ['/trips', '/trips/lisbon', '/checkout', '/my-bookings', '/visa', '/night-trains'],
    products: [
      'Lisbon city break',
      'Norway by rail',
      'Kyoto in autumn',
      'Dolomites hut tour',
      'Marrakech riad week',
    ],
  },
];
