import { useAnswer } from '../../session/use-answer.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { FilePanelProps } from '../panel.ts';
import { SourceDetail } from './SourceDetail.tsx';
import './sources.css';

/** The open source, clause by clause. */
export function SourceView({ file, ...props }: FilePanelProps) {
  const sources = useAnswer(props.workbench, 'sources', undefined, props.session);
  if (!sources) return <EmptyState title="Reading the sources …" />;
  const tracked = sources.find(({ source }) => source.place.path === file.path);
  if (!tracked) {
    return (
      <EmptyState title="This source cannot be read yet.">
        <p>Mend what stands under Problems, and its clauses appear here.</p>
      </EmptyState>
    );
  }
  return <SourceDetail {...props} tracked={tracked} ofFile />;
}
