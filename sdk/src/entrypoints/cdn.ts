/**
 * What `<script src="…/wzatco-chat.js" data-site="KEY" async>` runs: a classic script that sets up `window.Wzatco`,
 * adds one `<wzatco-chat>` to the page and loads the element. It changes nothing else of the page.
 */
import { createCommandQueue, type Command, type CommandQueue } from './command-queue.ts';
import { readScriptSettings } from './script-settings.ts';

declare global {
  interface Window {
    /** `window.Wzatco = window.Wzatco || []; Wzatco.push(['open']);` works before and after the script has come. */
    Wzatco?: CommandQueue | Command[];
  }
}

/** The element's file, relative to this script; the build fills it in. */
declare const ELEMENT_FILE: string;

const TAG = 'wzatco-chat';

function fail(message: string): void {
  document.dispatchEvent(new CustomEvent('wzatco-error', { detail: { code: 'UNAVAILABLE', message } }));
}

function elementOf(site: string | undefined): Element | null {
  return site ? document.querySelector(`${TAG}[site="${CSS.escape(site)}"]`) : null;
}

/** Commands go to the script's own element, else to the first of the page. */
function setUpQueue(site: string | undefined): void {
  if (window.Wzatco && 'on' in window.Wzatco) return;
  const element = (): Element | null =>
    customElements.get(TAG) ? (elementOf(site) ?? document.querySelector(TAG)) : null;
  const queue = createCommandQueue(window.Wzatco, document, element, fail);
  window.Wzatco = { push: queue.push, on: queue.on };
  document.addEventListener('wzatco-ready', queue.flush);
}

function addElement(settings: [name: string, value: string][], site: string | undefined): void {
  if (!site || elementOf(site)) return;
  const element = document.createElement(TAG);
  for (const [name, value] of settings) element.setAttribute(name, value);
  document.body.append(element);
}

function start(): void {
  const script = document.currentScript ?? document.querySelector('script[src*="wzatco-chat.js"]');
  if (!(script instanceof HTMLScriptElement)) return fail('The script tag of wzatco-chat.js was not found');
  const settings = readScriptSettings(script);
  const site = settings.find(([name]) => name === 'site')?.[1];
  setUpQueue(site);
  if (document.body) addElement(settings, site);
  else document.addEventListener('DOMContentLoaded', () => addElement(settings, site), { once: true });
  import(/* @vite-ignore */ new URL(ELEMENT_FILE, script.src).href).catch((error: unknown) =>
    fail(`The chat could not be loaded: ${String(error)}`),
  );
}

start();
