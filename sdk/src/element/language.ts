import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { en, type Texts } from './locales/en.ts';
import { loadLocale, usableTag } from './locales/load-locale.ts';

/** The language that its host speaks: its `locale`, else the page's, else English, which stands until it has come. */
export class Language implements ReactiveController {
  texts: Texts = en;
  /** For `Intl` and `lang`. */
  tag = 'en';
  readonly #host: ReactiveControllerHost & { locale: string };
  readonly #run: (load: () => Promise<void>) => void;

  /** `run` is given what fetches a language and tells where that fails. */
  constructor(host: ReactiveControllerHost & { locale: string }, run: (load: () => Promise<void>) => void) {
    this.#host = host;
    this.#run = run;
    host.addController(this);
  }

  hostUpdate(): void {
    const tag = usableTag(this.#host.locale, document.documentElement.lang);
    if (tag === this.tag) return;
    this.tag = tag;
    this.#run(async () => {
      const texts = await loadLocale(tag);
      if (tag !== this.tag) return;
      this.texts = texts;
      this.#host.requestUpdate();
    });
  }
}
