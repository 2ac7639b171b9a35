import type { BusinessHours } from '@wzatco/sdk/contract';
import { WEEKDAYS } from '@wzatco/sdk/contract/constants';
import { Schema } from 'mongoose';

/** Business hours inside of a department or a site. */
export const hoursSchema = new Schema<BusinessHours>(
  {
    timeZone: { type: String, required: true },
    weekly: [
      {
        _id: false,
        day: { type: String, enum: WEEKDAYS, required: true },
        open: { type: String, required: true },
        close: { type: String, required: true },
      },
    ],
    holidays: { type: [String], default: [] },
  },
  { _id: false, strict: 'throw' },
);
