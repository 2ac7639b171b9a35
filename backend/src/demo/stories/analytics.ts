import type { Story } from './story.ts';

const software = { brand: 'lumen', language: 'en' };

/** What people ask a company that sells software. */
export const ANALYTICS_STORIES: readonly Story[] = [
  {
    ...software,
    department: 'Technical',
    tags: ['import'],
    lines: [
      'C My CSV import stops at row 18,204 with “unexpected quote”. The file opens fine in Excel.',
      'A Hi {first}, {agent} here. Excel is forgiving there. Could you send me that row, with anything private replaced?',
      'C ```\n"4411","Pipe 3/4" brass","12.90"\n```',
      'A That is it: the inch sign inside the quotes has to be doubled:\n```\n"4411","Pipe 3/4"" brass","12.90"\n```',
      'C Of course it is the inch sign. There are 900 of those.',
      'A This mends the whole file:\n```sh\nsed -E \'s/([0-9])" /\\1"" /g\' products.csv > products-fixed.csv\n```\nOr choose “quotes: lenient” under Import → Advanced, then we do it for you.',
      'C Lenient worked. 41,883 rows in. You saved my evening!',
    ],
  },
  {
    ...software,
    department: 'Technical',
    tags: ['api'],
    lines: [
      'C We get 429 from the API since this morning, although we are far below our limit.',
      'A Let me look at your key’s traffic. Is it the one that ends in f3a9?',
      'C yes',
      'A There are two programs using it: one from {city}, as always, and since 06:12 another that asks for /v2/events every 200 ms.',
      'C Hm. That must be the new dashboard of our intern.',
      'A* You can give each program its own key. => You can give each program its own key under Settings → API keys, with its own limit; then one cannot starve the other. https://docs.example.com/api/keys#limits',
      'C Done. And the intern has learned about webhooks 😄',
      'A A good morning’s work, then.',
    ],
  },
  {
    ...software,
    department: 'Billing',
    tags: ['invoice'],
    lines: [
      'C Our accountant needs the VAT number on the invoice of {date}.',
      'A Of course. Which one shall I add?',
      'C IE6388047V',
      'A Checked and added. The corrected invoice is in your inbox, and all coming ones will have it.',
      'C Thank you, that was painless.',
    ],
  },
  {
    ...software,
    department: 'Sales',
    tags: ['plan'],
    lines: [
      'C What is the difference between Team and Scale? We are 14 people, about 6 million events a month.',
      'A With those numbers Team is enough: it includes 10 million events and 25 people. Scale adds single sign-on, audit logs and data residency.',
      'C SSO would be nice, but is it worth {amount} more?',
      'A Honestly: not for 14 people, unless a customer of yours demands it. Start with Team; changing later takes a click and costs nothing.',
      'C I like honest sales people. Team it is.',
    ],
  },
  {
    ...software,
    department: 'Technical',
    tags: ['incident'],
    priority: 'urgent',
    lines: [
      'C Dashboards have been showing “no data” for 20 minutes. Is something down?',
      'A Yes: since 14:05 fresh data arrives late for a part of our customers in Europe. Nothing is lost, it waits in the queue. We write every 15 minutes here: https://status.example.com',
      'C OK. We have a board meeting at 16:00…',
      'A I would be nervous too. The backlog is going down by about a third every ten minutes, so you should be whole by 15:00. I will tell you as soon as your project is through.',
      'A It is through: your last event is 40 seconds old now.',
      'C Confirmed, all graphs are back. Thanks for keeping me posted.',
      'A Good luck with the board! What went wrong will be on the status page tomorrow.',
    ],
  },
  {
    ...software,
    department: 'Technical',
    tags: ['login'],
    lines: [
      'C I have a new phone and my codes are gone. How do I get in?',
      'A With one of the ten recovery codes that you saved when you switched it on. Do you have them?',
      'C Somewhere… one moment',
      'C Found! In a folder named “important do not delete” 😅',
      'A The best of names. Please make new ones after you are in: Account → Two steps.',
    ],
  },
  {
    ...software,
    department: 'Technical',
    tags: ['bug'],
    lines: [
      'C The funnel chart counts people twice when they come back on another day. Is that on purpose?',
      'A It depends on the window. Could you tell me what “Conversion within” says in that chart?',
      'C 1 day',
      'A Then yes, coming back on the next day begins a new attempt. With 7 days it counts each person once a week.',
      'C I see. Could the chart say so?',
      'A That is a fair point. I have passed it on with your words; I cannot promise a date.',
      'C Fair enough.',
    ],
  },
  {
    ...software,
    department: 'Sales',
    tags: ['non-profit'],
    lines: [
      'C Do you have a price for non-profits? We run a food bank in {city}.',
      'A We do: half price, and the first year free below a million events. All I need is your registration number.',
      'C CHY 20410',
      'A Thank you. It is switched on. Thank you for what you do, too.',
      'C 🙏 That makes a difference for us, really.',
    ],
  },
  {
    ...software,
    department: 'Billing',
    tags: ['cancel'],
    priority: 'low',
    lines: [
      'C I would like to cancel. The product is fine, our project just ended.',
      'A I am sorry to see you go, and glad that it was useful. Your plan ends on {date}; until then everything works.',
      'A Would you like an export of your data? It is a ZIP with CSV files, and we delete our copy 30 days after the end.',
      'C Yes please',
      'A It is being made and arrives by mail within the hour. All the best for what comes next!',
    ],
  },
];
