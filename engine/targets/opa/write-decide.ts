/** What is in force, what it finds, and the answer. */
export const decideCode = `# ------------------------------------------------------------------ what is in force, and what it finds

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
}, "refused": null}`;
