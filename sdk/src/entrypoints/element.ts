/** The element as the script tag loads it: its server is the one that this file came from. */
import { defineWzatcoChat } from '../element/define.ts';

const here = import.meta.url;
defineWzatcoChat({ server: new URL('..', here).href });
