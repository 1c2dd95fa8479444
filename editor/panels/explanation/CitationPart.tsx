import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';

import { ArrowIcon, ChevronIcon } from '../../ui/icons.tsx';
import type { CitationView } from './explanation-view.ts';

/** A clause by its name; opened, what it says stands below it. */
export function CitationPart({
  citation,
  onOpen,
}: {
  readonly citation: CitationView;
  readonly onOpen: () => void;
}) {
  return (
    <Disclosure className="fold cite">
      <Button slot="trigger" className="fold-button cite-button">
        <ChevronIcon />
        <span className="cite-words">{citation.words}</span>
      </Button>
      <DisclosurePanel className="cite-text">
        <blockquote>{citation.text ?? 'No source has this clause.'}</blockquote>
        {citation.basis === null ? null : <p className="why-soft">{citation.basis}</p>}
        {citation.text === null ? null : (
          <Button className="link" onPress={onOpen}>
            Open on the source page <ArrowIcon />
          </Button>
        )}
      </DisclosurePanel>
    </Disclosure>
  );
}
