/** The time rule, step by step as `PlainTimeRule` tells it; the rules are tables. */
export const unitsCode = `# ------------------------------------------------------------------ the time rule

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

total_units(rule, _, supported) := sum([u | some u in supported]) if rule.method != "total-time"`;
