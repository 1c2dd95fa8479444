import { useEffect, useMemo, useState } from 'react';

import type { Theme } from './settings.ts';

/** What is really on the screen, after the system was asked. The themes of the editor go by these names. */
export type Look = 'light' | 'dark' | 'contrast-light' | 'contrast-dark';

/** Follows the system where the theme says so; more contrast is given where the system or the author asks for it. */
export function useLook(theme: Theme): Look {
  const systemDark = useQuery('(prefers-color-scheme: dark)');
  const moreContrast = useQuery('(prefers-contrast: more)');
  const dark = theme === 'dark' || (theme !== 'light' && systemDark);
  const contrast = theme === 'contrast' || (theme === 'system' && moreContrast);
  if (contrast) return dark ? 'contrast-dark' : 'contrast-light';
  return dark ? 'dark' : 'light';
}

/** Whether the system, or the size of the window, is like that; follows when it changes. */
export function useQuery(text: string): boolean {
  const query = useMemo(() => matchMedia(text), [text]);
  const [matches, setMatches] = useState(query.matches);
  useEffect(() => {
    const onChange = () => setMatches(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, [query]);
  return matches;
}
