import type { Story } from './story.ts';

const travel = { brand: 'wanderbird', language: 'en' };

/** What people ask a travel agency. */
export const TRAVEL_STORIES: readonly Story[] = [
  {
    ...travel,
    department: 'Bookings',
    tags: ['change'],
    lines: [
      'C Can we move our {product} by a week? We are booked for {date}.',
      'A Let me see what is free. Is it the booking {order}, two people?',
      'C Yes, that one',
      'A A week later the same room is free. The trains cost {amount} more in all; the rest stays as it is. Shall I change it?',
      'C Please do!',
      'A Changed. The new tickets are in your inbox, the old ones are not valid any more.',
      'C Thank you {agent}, that was easier than expected.',
    ],
  },
  {
    ...travel,
    department: 'Bookings',
    tags: ['delay'],
    priority: 'urgent',
    lines: [
      'C Our train to {city} stands still since an hour and we will miss the night train!!',
      'A I see it: a signal failure, they say 70 minutes. Your night train leaves at 21:44, that will not work.',
      'A Two ways: (1) I book you a hotel at the station and you take the morning train at 6:58, or (2) a bus at 22:30 that arrives at 8:10. Which one?',
      'C Hotel. With two kids the bus is no fun',
      'A Booked: three minutes on foot from the north exit, a family room, breakfast from 5:30. The railway pays, I take care of the claim.',
      'A Your seats for tomorrow: coach 12, 61–64, by the window, at a table.',
      'C You are an angel. The kids are cheering because of the hotel 😄',
      'A Sleep well! Write to me if anything else happens, I am here until 23:00.',
    ],
  },
  {
    ...travel,
    department: 'Bookings',
    tags: ['advice'],
    lines: [
      'C Is {date} too late for {product}? We do not mind a bit of rain.',
      'A* Not at all. => Not at all: fewer people, lower prices, and the light is lovely. Bring something warm for the evenings.',
      'C And with a baby of 8 months?',
      'A Works well. I would take the ground floor room and the transfer instead of the bus. The cot is free, I only need to know.',
      'C Then please with cot and transfer, and we sleep over it until tomorrow.',
      'A I keep it for you until tomorrow 18:00, without obligation.',
    ],
  },
  {
    ...travel,
    department: 'Billing',
    tags: ['refund'],
    lines: [
      'C We had to cancel {order} because of illness. When do we get the money back?',
      'A I am sorry to hear that, and hope everybody is better. With the insurance you get all but {amount}; it needs a doctor’s note.',
      'C I have it here as a PDF. Where do I send it?',
      'A To claims@wanderbird.example with the booking’s number in the subject. It takes about ten days from there.',
      'C Sent.',
      'A Arrived. You will hear from us by {date} at the latest.',
    ],
  },
  {
    ...travel,
    department: 'Bookings',
    tags: ['visa'],
    lines: [
      'C Do I need a visa for Japan with an Irish passport?',
      'A Not for a visit of up to 90 days. Your passport has to be valid until you leave again, that is all.',
      'C And my wife has a Moroccan one',
      'A She does need one, and it takes about two weeks. The list of papers: https://www.example.org/japan/visa. I can send the itinerary that they ask for; would today be good?',
      'C Today would be perfect',
      'A You have it.',
    ],
  },
  {
    ...travel,
    department: 'Bookings',
    tags: ['accessibility'],
    lines: [
      'C My mother uses a wheelchair (72 cm wide). Can she come along on {product}?',
      'A Thank you for giving the width, that helps. The hotel: yes, step-free, doors of 90 cm. The old town: mostly, with two steep streets that I would go around by taxi.',
      'A The train has two places for wheelchairs in coach 3; they have to be booked 48 hours ahead, and I would do that for you.',
      'C And the bathroom?',
      'A Roll-in shower with a seat, grab rails on the left. I called them to be sure.',
      'C You called? Wow. Then please book for three.',
    ],
  },
  {
    ...travel,
    department: null,
    tags: ['lost'],
    lines: [
      'C I think I left my jacket in the hotel in {city}. Dark green, in room 214.',
      'A I will ask them right away.',
      'A They have it! Shall they send it to your address at home? It would be {amount}.',
      'C Yes please, it is my favourite one 💚',
      'A On its way, about five days.',
    ],
  },
  {
    ...travel,
    department: 'Billing',
    tags: ['payment'],
    lines: [
      'C Card declined, three times. There is money on it.',
      'A Your bank asks for a confirmation that the page did not show, it seems. Which browser is it?',
      'C Safari on an old iPad',
      'A Could you try on your phone, or shall I send a link for paying by transfer?',
      'C Phone worked. Strange, but fine.',
    ],
  },
];
