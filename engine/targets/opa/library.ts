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

# ------------------------------------------------------------------ the boundary

# A document is taken whole or not at all: a value of another type than its field is a mistake of the sender.
problems contains {"at": "", "problem": "must be an object"} if not is_object(input)

problems contains {"at": "visit", "problem": "must be an object"} if {
	is_object(input)
	not is_section(object.get(input, "visit", null))
}

problems contains {"at": name, "problem": "must be an object"} if {
	some name in tables.optional_sections
	name in object.keys(input)
	not is_section(input[name])
}

problems contains {"at": "lines", "problem": "must be a list"} if {
	is_object(input)
	not is_array(object.get(input, "lines", null))
}

problems contains {"at": "lines", "problem": "must hold at least one line"} if input.lines == []

problems contains {"at": "priorVisits", "problem": "must be a list"} if {
	prior := object.get(input, "priorVisits", [])
	prior != null
	not is_array(prior)
}

problems contains {"at": at, "problem": "must be an object"} if {
	some place in places
	at := place.at
	place.of in {"line", "priorVisits", "record"}
	not is_section(place.values)
}

problems contains problem if {
	some place in places
	some field in tables.fields
	field.section == place.of
	some problem in field_problems(field, value_of(place.values, field), sprintf("%s.%s", [place.at, field.key]))
}

problems contains {"at": at, "problem": "must be there"} if {
	some name in {"date", "payer"}
	is_object(input)
	is_section(object.get(input, "visit", null))
	values := section_values(object.get(input, "visit", null))
	is_blank(object.get(values, name, null))
	at := sprintf("visit.%s", [name])
}

# What has the wrong type counts as missing, too.
problems contains {"at": at, "problem": "must be there"} if {
	some field in tables.fields
	field.path in {"visit.date", "visit.payer"}
	values := section_values(object.get(input, "visit", null))
	at := sprintf("visit.%s", [field.key])
	count(field_problems(field, object.get(values, field.key, null), at)) > 0
}

problems contains {"at": at, "problem": "must be there"} if {
	some place in places
	place.of == "line"
	is_section(place.values)
	value := object.get(section_values(place.values), "code", null)
	not is_code(value)
	at := sprintf("%s.code", [place.at])
}

is_code(value) if {
	is_string(value)
	not is_blank(value)
}

# Every section of the document, with its name and where it stands.
places := array.concat(
	array.concat(
		[{"of": "visit", "at": "visit", "values": object.get(input, "visit", null)}],
		[{"of": name, "at": name, "values": input[name]} |
			some name in tables.optional_sections
			name in object.keys(input)
		],
	),
	array.concat(
		[{"of": "line", "at": sprintf("lines[%d]", [i]), "values": line} | some i, line in list(input, "lines")],
		array.concat(
			[{"of": "record", "at": sprintf("lines[%d].record", [i]), "values": line.record} |
				some i, line in list(input, "lines")
				is_object(line)
				"record" in object.keys(line)
			],
			[{"of": "priorVisits", "at": sprintf("priorVisits[%d]", [i]), "values": prior} |
				some i, prior in list(input, "priorVisits")
			],
		),
	),
)

list(from, key) := from[key] if {
	is_object(from)
	is_array(from[key])
} else := []

# A section that stands there and holds nothing: all its fields are empty.
is_section(values) if is_object(values)

is_section(null)

section_values(values) := values if is_object(values)
else := {}

value_of(values, field) := object.get(section_values(values), field.key, null)

is_blank(null)

is_blank(value) if {
	is_string(value)
	trim_space(value) == ""
}

field_problems(field, value, at) := {{"at": at, "problem": sprintf("must be a list of %s", [field.plural])}} if {
	field.list
	value != null
	not is_array(value)
}

field_problems(field, value, at) := items | empty_items(value, items, at) if {
	field.list
	is_array(value)
	items := item_problems(field, value, at)
}

field_problems(field, value, at) := scalar_problems(field, value, at) if {
	not field.list
}

item_problems(field, value, at) := {problem |
	some i, item in value
	some problem in scalar_problems(field, item, sprintf("%s[%d]", [at, i]))
}

empty_items(value, items, at) := {{"at": at, "problem": "must not hold empty values"}} if {
	some item in value
	is_blank(item)
	count(items) == 0
} else := set()

scalar_problems(_, value, _) := set() if is_blank(value)

scalar_problems(field, value, at) := {{"at": at, "problem": "must be text, in quotes"}} if {
	field.scalar == "text"
	not is_blank(value)
	not is_string(value)
}

scalar_problems(field, value, at) := {{"at": at, "problem": "must be true or false"}} if {
	field.scalar == "boolean"
	not is_blank(value)
	not is_boolean(value)
}

scalar_problems(field, value, at) := {{"at": at, "problem": "must be a day as YYYY-MM-DD"}} if {
	field.scalar == "date"
	not is_blank(value)
	not day(value)
}

scalar_problems(field, value, at) := {{"at": at, "problem": "must be a number, without quotes"}} if {
	field.scalar == "number"
	not is_blank(value)
	not is_number(value)
}

scalar_problems(field, value, at) := {{"at": at, "problem": "must be a whole number"}} if {
	field.scalar == "number"
	field.places == 0
	is_number(value)
	value != round(value)
}

scalar_problems(field, value, at) := {{"at": at, "problem": "must have at most 3 decimal places"}} if {
	field.scalar == "number"
	field.places == 3
	is_number(value)
	abs((value * 1000) - round(value * 1000)) > 0.000001
}

# A day as the number of days since 1970-01-01; undefined where the text is no day of the years 1900 to 2199.
day(text) := number if {
	is_string(text)
	regex.match(\`^[0-9]{4}-[0-9]{2}-[0-9]{2}$\`, text)
	y := to_number(substring(text, 0, 4))
	m := to_number(substring(text, 5, 2))
	d := to_number(substring(text, 8, 2))
	y >= 1900
	y <= 2199
	m >= 1
	m <= 12
	d >= 1
	d <= days_in_month(y, m)
	number := day_number(y, m, d)
}

days_in_month(y, 2) := 29 if is_leap(y)

days_in_month(y, 2) := 28 if not is_leap(y)

days_in_month(_, m) := 30 if m in {4, 6, 9, 11}

days_in_month(_, m) := 31 if m in {1, 3, 5, 7, 8, 10, 12}

is_leap(y) if {
	y % 4 == 0
	y % 100 != 0
}

is_leap(y) if y % 400 == 0

# Days before the year, days of the months before, and the day; in whole numbers only.
day_number(y, m, d) := (((365 * (y - 1970)) + leap_days(y)) + months_before(y, m)) + (d - 1)

leap_days(y) := ((whole(y - 1, 4) - whole(y - 1, 100)) + whole(y - 1, 400)) - 477

months_before(y, m) := sum([days_in_month(y, k) | some k in numbers.range(1, 12); k < m])

# How often a whole number goes into another, without a remainder that could be rounded.
whole(number, by) := (number - (number % by)) / by

# ------------------------------------------------------------------ the encounter behind the boundary

# Values by path: no key = never supplied, null = empty. Days are numbers, decimals stand in thousandths.
visit := object.union_n([section_of(place) |
	some place in places
	not place.of in {"line", "record", "priorVisits"}
])

lines := [object.union(section_of({"of": "line", "values": line}), record_of(line)) | some line in input.lines]

record_of(line) := section_of({"of": "record", "values": line.record}) if "record" in object.keys(line)
else := {}

prior_visits := [section_of({"of": "priorVisits", "values": prior}) | some prior in list(input, "priorVisits")] if {
	"priorVisits" in object.keys(input)
}

section_of(place) := {field.path: plain(field, value_of(place.values, field)) |
	some field in tables.fields
	field.section == place.of
}

plain(field, value) := [plain_scalar(field, item) | some item in value] if {
	field.list
	is_array(value)
	keeps_list(field, value)
} else := [] if {
	field.list
	value == null
	field.absentMeansNone
} else := null if {
	field.list
} else := plain_scalar(field, value)

keeps_list(_, value) if count(value) > 0

keeps_list(field, _) if field.absentMeansNone

plain_scalar(field, value) := null if {
	is_blank(value)
} else := day(value) if {
	field.scalar == "date"
} else := round(value * 1000) if {
	field.scalar == "number"
	field.places == 3
} else := round(value) if {
	field.scalar == "number"
} else := value

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

# ------------------------------------------------------------------ the time rule

time_of(key) := time_rule(tables.time_rules[key]) if tables.time_rules[key]
else := {"units": {i: null | some i, _ in lines}, "figures": {}}

time_rule(rule) := {"units": units, "figures": figures} if {
	timed := [{"index": i, "code": line["line.code"], "billed": number_or_zero(line["line.units"])} |
		some i, line in lines
		line["line.code"] in rule.codes
	]

	# A code is open where the record of any of its lines was not supplied.
	open := {one.code |
		some one in timed
		not "record.minutes" in object.keys(lines[one.index])
	}
	decidable := decidable_lines(rule, timed, open)
	codes := {one.code | some one in decidable}
	minutes := {code: counted(rule, sum([number_or_zero(lines[one.index]["record.minutes"]) |
		some one in decidable
		one.code == code
	])) |
		some code in codes
	}
	billed := {code: sum([one.billed | some one in decidable; one.code == code]) | some code in codes}
	first := {code: min({one.index | some one in decidable; one.code == code}) | some code in codes}
	supported := supported_units(rule, minutes, billed, first)
	timed_indices := {one.index | some one in timed}
	untimed := {i: null |
		some i, _ in lines
		not i in timed_indices
	}
	units := object.union(untimed, {one.index: line_units(one, decidable, supported, billed, first) |
		some one in decidable
	})
	figures := object.union(
		{"visit.billedTimedUnits": sum([one.billed | some one in timed])},
		totals(rule, open, minutes, supported),
	)
}

number_or_zero(value) := 0 if value == null
else := value

decidable_lines(rule, timed, open) := [] if {
	rule.method == "total-time"
	count(open) > 0
} else := [one |
	some one in timed
	not one.code in open
]

counted(rule, minutes) := 0 if minutes < rule.minimumMinutes
else := minutes

# One more unit each time the midpoint of a unit is passed.
units_for(minutes, mpu) := 0 if minutes < whole(mpu, 2) + 1
else := whole((minutes + mpu) - (whole(mpu, 2) + 1), mpu)

supported_units(rule, minutes, _, _) := {code: units_for(m, rule.minutesPerUnit) |
	some code, m in minutes
} if {
	rule.method == "per-service"
}

supported_units(rule, minutes, _, _) := {code: whole(m, rule.minutesPerUnit) | some code, m in minutes} if {
	rule.method == "full-units"
}

supported_units(rule, minutes, billed, first) := supported if {
	rule.method == "total-time"
	mpu := rule.minutesPerUnit
	wholes := {code: whole(m, mpu) | some code, m in minutes}
	rests := {code: rest | some code, m in minutes; rest := m % mpu}
	left := units_for(sum([m | some m in minutes]), mpu) - sum([w | some w in wholes])
	above := {code: count([1 | some other in rests; other > rest]) | some code, rest in rests}
	same := {code: count([1 | some other in rests; other == rest]) | some code, rest in rests}
	tied := {code |
		some code, _ in rests
		above[code] < left
		left < above[code] + same[code]
	}

	# Those that billed more than their whole units come first, then the order of the claim.
	place := {code: [number_of(billed[code] <= wholes[code]), first[code]] | some code in tied}
	before := {code: count([1 | some other in tied; place[other] < place[code]]) | some code in tied}
	supported := {code: units |
		some code, w in wholes
		units := w + one_more(code, left, above, same, before)
	}
}

one_more(code, left, above, same, before) := 1 if {
	above[code] + same[code] <= left
} else := 1 if {
	before[code] < left - above[code]
} else := 0

number_of(true) := 1

number_of(false) := 0

# Lines share the units of their code in the order of the claim; the first takes what none billed.
line_units(one, decidable, supported, billed, first) := taken + rest if {
	earlier := sum([other.billed |
		some other in decidable
		other.code == one.code
		other.index < one.index
	])
	taken := min({one.billed, max({0, supported[one.code] - earlier})})
	rest := unbilled(one, supported[one.code] - billed[one.code], first)
}

unbilled(one, left, first) := left if {
	first[one.code] == one.index
	left > 0
} else := 0

totals(rule, open, minutes, supported) := {"visit.timedMinutes": total, "visit.supportableUnits": units} if {
	count(open) == 0
	total := sum([m | some m in minutes])
	units := total_units(rule, total, supported)
} else := {}

total_units(rule, total, _) := units_for(total, rule.minutesPerUnit) if rule.method == "total-time"

total_units(rule, _, supported) := sum([u | some u in supported]) if rule.method != "total-time"

# ------------------------------------------------------------------ what is in force, and what it finds

candidates := [{"policy": policy, "key": period.key} |
	some policy in tables.policies
	covers_payer(policy)
	some period in policy.periods
	visit["visit.date"] >= period.from
	not ended(period)
]

covers_payer(policy) if policy.payers == null

covers_payer(policy) if visit["visit.payer"] in policy.payers

ended(period) if {
	period.to != null
	visit["visit.date"] > period.to
}

replaced contains candidate.policy.replaces if {
	some candidate in candidates
	candidate.policy.replaces != null
}

in_force contains candidate.key if {
	some candidate in candidates
	not candidate.policy.id in replaced
}

times := {key: time_of(key) | some key in in_force}

# What a test is asked of: "line" is the judged line, "others" are those that it is compared with.
visit_subjects := {key: {
	"visit": visit,
	"units": times[key].units,
	"figures": figures(key, {"visit": visit, "units": times[key].units, "figures": times[key].figures}),
	"others": [{"index": i, "line": line} | some i, line in lines],
} |
	some key in in_force
}

line_subject(key, i) := object.union(visit_subjects[key], {
	"index": i,
	"line": lines[i],
	"others": [other | some other in visit_subjects[key].others; other.index != i],
})

# With the period, because two revisions of a policy may be in force at once, for claims received at different times.
line_findings(i) := {object.union(finding, {"period": key}) |
	some key in in_force
	some finding in line_outcomes(key, line_subject(key, i))
}

visit_findings := {object.union(finding, {"period": key}) |
	some key in in_force
	some finding in visit_outcomes(key, visit_subjects[key])
}

# ------------------------------------------------------------------ the answer

# Gravest first.
decisions := ["deny", "review", "reduce", "needs-record", "advise", "pay"]

rank_of(finding) := i if {
	finding.outcome == "violated"
	some i, decision in decisions
	decision == finding.effect
}

rank_of(finding) := 3 if finding.outcome == "undetermined"

decision_of(findings) := decisions[min({rank_of(finding) | some finding in findings} | {5})]

subject_answer(findings) := {
	"violated": sort([finding.rule | some finding in findings; finding.outcome == "violated"]),
	"undetermined": sort([finding.rule | some finding in findings; finding.outcome == "undetermined"]),
}

units_of(i) := min(known) if {
	known := {units |
		some key in in_force
		units := times[key].units[i]
		units != null
	}
	count(known) > 0
} else := null

line_answers := [object.union(subject_answer(line_findings(i)), {
	"line": i + 1,
	"decision": decision_of(line_findings(i)),
	"supportableUnits": units_of(i),
}) |
	some i, _ in lines
]

all_findings := visit_findings | union({line_findings(i) | some i, _ in lines})

answer := {"answer": null, "refused": sort(problems)} if {
	count(problems) > 0
} else := {"answer": {
	"decision": decision_of(all_findings),
	"lines": line_answers,
	"visit": subject_answer(visit_findings),
}, "refused": null}
`;
}
