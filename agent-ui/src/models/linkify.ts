/** The same links on both sides of a chat. */
export { linkify, webAddress } from '@wzatco/sdk';
