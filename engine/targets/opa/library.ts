import { decideCode } from './write-decide.ts';
import { inputCode } from './write-input.ts';
import { unitsCode } from './write-units.ts';

/**
 * What is the same in every export: the boundary, the time rule, and how findings become an answer. It reads the tables of
 * `data.json`; what differs (figures and rules) is written by `write-rules.ts` into the same package.
 */
export function library(packageName: string): string {
  return `# The boundary, the time rule, and how findings become an answer.
# Read it from below: answer is what is asked for.
package ${packageName}

import rego.v1

tables := data.${packageName}.policy_tables

${inputCode}

# ------------------------------------------------------------------ what tests ask

shares(one, two) if {
	some item in one
	item in two
}

covers(list_of, wanted) if {
	every item in wanted {
		item in list_of
	}
}

thousandfold(values) := [product | some value in values; product := value * 1000]

least(values) := min(values) if count(values) > 0
else := null

greatest(values) := max(values) if count(values) > 0
else := null

${unitsCode}

${decideCode}
`;
}
