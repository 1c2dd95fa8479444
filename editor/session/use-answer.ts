import { useEffect, useState } from 'react';

import type { QueryName, QueryParams, QueryResult } from '../worker/all-queries.ts';
import type { Workbench } from './workbench.ts';

/**
 * What the worker says to a question, asked again whenever `version` is another; `undefined` until it has answered.
 * While it thinks again the answer before stays, so that nothing flickers, unless the question itself is another.
 */
export function useAnswer<Name extends QueryName>(
  workbench: Workbench,
  name: Name,
  params: QueryParams<Name> | null,
  version: unknown,
): QueryResult<Name> | undefined {
  const question = params === null ? null : `${name} ${JSON.stringify(params)}`;
  const [answer, setAnswer] = useState<{ readonly to: string; readonly result: QueryResult<Name> } | null>(
    null,
  );
  useEffect(() => {
    if (params === null || question === null) return undefined;
    let wanted = true;
    workbench.ask(name, params).then(
      (result) => wanted && setAnswer({ to: question, result }),
      // The workbench has told of it already.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
    // The question stands for its parameters.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [workbench, question, version]);
  return answer?.to === question ? answer.result : undefined;
}
