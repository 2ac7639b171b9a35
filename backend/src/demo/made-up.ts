import type { Brand } from './brands.ts';
import type { Random } from './random.ts';

const CITIES = [
  'Edinburgh',
  'Gdańsk',
  'Malmö',
  'Porto',
  'Thessaloniki',
  'Lyon',
  'Cork',
  'Aarhus',
  'Graz',
  'Bologna',
  'Utrecht',
  'Marrakech',
];

interface Occasion {
  brand: Brand;
  language: string;
  at: Date;
  customer: string;
  agent: string;
}

/** What stands in a story's braces: made up once for a chat, so that it stays the same throughout. */
export function makeUp(
  random: Random,
  { brand, language, at, customer, agent }: Occasion,
): (text: string) => string {
  const soon = new Date(at.getTime() + random.between(2, 20) * 24 * 60 * 60 * 1000);
  const values: Record<string, string> = {
    first: customer.split(' ')[0] ?? customer,
    agent: agent.split(' ')[0] ?? agent,
    order: `${brand.key.slice(0, 2).toUpperCase()}-${random.between(10_400, 98_700)}`,
    product: random.pick(brand.products),
    city: random.pick(CITIES),
    date: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(soon),
    amount: new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' }).format(
      random.between(490, 18_900) / 100,
    ),
  };
  return (text) => text.replaceAll(/\{(\w+)\}/g, (braces, name: string) => values[name] ?? braces);
}
