import { useMemo } from 'react';
import { Button } from 'react-aria-components';

import { allPages } from '../all-pages.ts';
import type { PanelProps } from '../panel.ts';
import { railCounts } from './rail-view.ts';
import './rail.css';

/** The pages of the workbench. */
export function Rail({ session, workbench }: PanelProps) {
  const { files, judged, releases, page } = session;
  const counts = useMemo(() => railCounts(files, judged, releases), [files, judged, releases]);
  return (
    <nav className="rail" aria-label="Pages">
      {allPages.map(({ id, title, Icon }) => (
        <Button
          key={id}
          className="rail-page"
          {...(page === id ? { 'aria-current': 'page' } : {})}
          onPress={() => workbench.showPage(id)}
        >
          <Icon />
          <span className="rail-title">{title}</span>
          <span className="rail-count">{counts[id]}</span>
        </Button>
      ))}
    </nav>
  );
}
