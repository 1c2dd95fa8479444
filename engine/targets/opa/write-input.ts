/** The boundary, and the encounter behind it: values by path, as tests and rules read them. */
export const inputCode = `# ------------------------------------------------------------------ the boundary

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
} else := value`;
