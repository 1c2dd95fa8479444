import { afterAll } from 'vitest';

import { endBrowser } from './browser.ts';

/** One browser for the tests of a file. */
afterAll(endBrowser);
