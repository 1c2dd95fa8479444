import type { PlacedWords } from '../../../publishing/exporting.ts';
import { Button } from '../../ui/Button.tsx';
import { Quoted } from '../../ui/Quoted.tsx';

/** A sentence about a policy, and the way to its line. */
export function Placed({
  what,
  at,
  onJump,
}: PlacedWords & { readonly onJump: (path: string, line: number) => void }) {
  return (
    <>
      <Quoted text={what} />{' '}
      {at === null ? null : (
        <Button look="quiet" onPress={() => onJump(at.path, at.line)}>
          {at.path}, line {at.line}
        </Button>
      )}
    </>
  );
}
