package generator

import (
	"cmp"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// Rules returns what can be wrong with a catalog or with errgen's own files, other than what lint and breaking say. An
// example is entries of `errors`, or whole sections of a catalog or an errgen.yaml.
func Rules() []diag.Rule {
	all := make([]diag.Rule, len(rules))
	for i, r := range rules {
		r.Group, r.Level = "generate", cmp.Or(r.Level, "error")
		all[i] = r
	}
	return all
}

// rules is in the order in which a file is looked at: bytes, YAML, keys and values, codes, schemas, names, files.
var rules = []diag.Rule{
	{
		Name: "file-too-large",
		Reason: "A file is read as a whole, and the limit keeps a wrong file from taking all memory. A catalog of some " +
			"ten thousand codes fits; --max-size raises the limit. For the same reason operations come to no more than a " +
			"million errors.",
	}, {
		Name: "not-utf8",
		Reason: "YAML files are UTF-8 text everywhere. A file in another encoding would come out with other characters " +
			"than its authors see. Save it as UTF-8.",
	}, {
		Name: "hidden-character",
		Reason: "Some characters cannot be seen, change the order of what is seen, or end a line for some programs and " +
			"not for others. They let a catalog say one thing to a reviewer and " +
			"another to a program. In double quotes such a character can be written as an escape.",
		Bad:  notFoundBut("It is not there", "The key\u200e was not found"),
		Good: notFoundBut("It is not there", "\"The key\\u200e was not found\""),
	}, {
		Name:   "empty-file",
		Reason: "The file holds nothing, or nothing but comments. A catalog begins with its version.",
		Bad:    "# nothing yet\n",
		Good:   smallest,
	}, {
		Name: "extra-document",
		Reason: "A YAML file may hold several documents, and most programs read only the first. What stands in the others " +
			"would be ignored in silence.",
		Bad:  smallest + "---\nversion: 1\n",
		Good: smallest,
	}, {
		Name: "syntax",
		Reason: "The file is not YAML. The place is where it stops being so; the cause is often in the line before: its " +
			"indentation, its quotes, or a colon inside a value.",
		Bad:  notFoundBut("It is not there", "Not found: the key"),
		Good: notFoundBut("It is not there", "\"Not found: the key\""),
	}, {
		Name: "yaml-feature",
		Reason: "Anchors, aliases, merge keys, tags and directives make a file mean something else than what stands " +
			"there, and parsers differ in them. Schemas that several codes share " +
			"belong in `types`; the rest is written out.",
		Bad:  notFoundBut("NOT_FOUND:", "NOT_FOUND: &base"),
		Good: notFound,
	}, {
		Name: "too-deep",
		Reason: "Lists and maps nest no deeper than 64 levels, and references of types lead on no more than 64 times: " +
			"nobody reads further, and programs that try run out of memory.",
		Bad:  notFound + "  seeAlso: " + deep + "\n",
		Good: notFound + "  seeAlso: [OTHER]\nOTHER: {status: 400, category: access, meaning: Something else}\n",
	}, {
		Name: "non-text-key",
		Reason: "A key names something, and so is text. Without quotes some keys are numbers, truth values or nothing to " +
			"YAML, which other languages read in different ways.",
		Bad:  tooMany + "  details: {type: object, properties: {404: {type: integer}}}\n",
		Good: tooMany + "  details: {type: object, properties: {\"404\": {type: integer}}}\n",
	}, {
		Name: "long-key",
		Reason: "A key is a name, and no name is that long. YAML parsers refuse keys of more than 1,024 characters, and " +
			"an escape takes up to ten of them.",
		Bad:  "retired:\n  " + longKey + ": {since: 2025-03-01}\n",
		Good: "retired:\n  LONG: {since: 2025-03-01}\n",
	}, {
		Name: "duplicate-key",
		Reason: "A key stands twice in one map. Which of the two counts depends on the program that reads the file; often " +
			"two branches have added the same code.",
		Bad: "NOT_FOUND: {status: 404, category: access, meaning: It is not there}\nNOT_FOUND: {status: 404, category: " +
			"access, meaning: It never was}\n",
		Good: "NOT_FOUND: {status: 404, category: access, meaning: It is not there}\nNEVER_FOUND: {status: 404, " +
			"category: access, meaning: It never was}\n",
	}, {
		Name: "ambiguous-scalar",
		Reason: "YAML 1.1 and 1.2 read some words and numbers in different ways: `no` is false or text, 0400 is 256 or " +
			"400, 12:30 is 750 or text. Which one counts depends on the program, so " +
			"that such a value is refused. Quotes make it text.",
		Bad:  notFoundBut("404", "0404"),
		Good: notFound,
	}, {
		Name: "number-out-of-range",
		Reason: "A number with more digits than programs can calculate with comes out as another number, or as infinity. " +
			"Text in quotes keeps every digit.",
		Bad:  counted + "{type: integer, maximum: 99999999999999999999999999999999999999999999}\n",
		Good: counted + "{type: integer, maximum: 99999}\n",
	}, {
		Name: "unsupported-version",
		Reason: "The version of the file format says how to read the file. This errgen knows version 1; a file with a " +
			"higher one was written for a newer errgen.",
		Bad:  "version: 2\n",
		Good: "version: 1\n",
	}, {
		Name: "unknown-key",
		Reason: "A key that means nothing is mostly one that is misspelled. It is refused, since what was meant by it " +
			"would be ignored in silence. `errgen schema` prints all keys.",
		Bad:  notFoundBut("  category", "  catgory: access\n  category"),
		Good: notFound,
	}, {
		Name:   "missing-key",
		Reason: "A key that every entry needs is not there: a code without a meaning says nothing to its readers.",
		Bad:    notFoundBut("  meaning: It is not there\n", ""),
		Good:   notFound,
	}, {
		Name: "wrong-type",
		Reason: "The value is of another type than its key takes: text for a number, a list for a map. Quotes make text " +
			"of everything.",
		Bad:  notFoundBut("  category", "  retryable: \"yes\"\n  category"),
		Good: notFound,
	}, {
		Name: "wrong-value",
		Reason: "The value is of the right type, and none of those that its key takes: often a word that is misspelled, " +
			"or in another case.",
		Bad:  "info:\n  title: Errors\n  codeStyle: upper\n",
		Good: "info:\n  title: Errors\n  codeStyle: UPPER_SNAKE\n",
	}, {
		Name: "missing-value",
		Reason: "The key is there and its value is empty, or has no text once its Markdown is read. Remove the key, or " +
			"say what belongs there.",
		Bad:  notFoundBut("It is not there", "\"\""),
		Good: notFound,
	}, {
		Name: "invalid-code",
		Reason: "All codes of a catalog are in one style, UPPER_SNAKE unless info.codeStyle names another, so that a " +
			"misspelled one stands out: names in every language are built from their " +
			"words. An API that mixes styles has the style any. Codes are printable ASCII, at most 100 characters.",
		Bad:  notFoundBut("NOT_FOUND", "NotFound"),
		Good: notFound,
	}, {
		Name: "invalid-status",
		Reason: "The status of an error is an HTTP status (RFC 9110 section 15): mostly 4xx where the client has to change " +
			"something, 5xx where the server is at fault. Some APIs answer errors with 200. A list holds all statuses " +
			"that a code comes with, the usual one first; 4xx and 5xx stand for any of the class.",
		Bad:  notFoundBut("404", "604"),
		Good: notFoundBut("404", "[404, 410]"),
	}, {
		Name: "unclear-retry",
		Reason: "Whether the same request may succeed later follows from the status: yes for 429 and 5xx, no for the " +
			"rest. Where the statuses of a code do not agree, or it has none, the catalog has to say it: clients " +
			"compile the verdict in.",
		Bad:  "NOT_READY:\n  status: [404, 503]\n  category: access\n  meaning: It is not there yet\n",
		Good: "NOT_READY:\n  status: [404, 503]\n  retryable: true\n  category: access\n  meaning: It is not there yet\n",
	}, {
		Name: "invalid-category",
		Reason: "The key of a category is the text that an API sends as the class of an error, of at most 100 characters. " +
			"Names in every language are built from its words; what people read is its title.",
		Bad:  "categories:\n  access: {title: Access}\n  \"access\\terrors\": {title: Access errors}\n",
		Good: "categories:\n  access: {title: Access}\n  access errors: {title: Access errors}\n",
	}, {
		Name: "unknown-category",
		Reason: "The category of a code must be one of `categories`, whose title and order the docs page shows. A " +
			"misspelled one would make a section of its own.",
		Bad:  notFoundBut("access", "acess"),
		Good: notFound,
	}, {
		Name: "unknown-code",
		Reason: "The code that is named here is not in the catalog, is retired, or is the one that names itself. Readers " +
			"who follow it would find nothing. Operations may name groups too.",
		Bad: "OLD_ONE:\n  status: 404\n  category: access\n  meaning: It is not there\n  deprecated: {use: " +
			"NEW_ON}\nNEW_ONE: {status: 404, category: access, meaning: It is not there}\n",
		Good: "OLD_ONE:\n  status: 404\n  category: access\n  meaning: It is not there\n  deprecated: {use: " +
			"NEW_ONE}\nNEW_ONE: {status: 404, category: access, meaning: It is not there}\n",
	}, {
		Name: "retired-code",
		Reason: "A retired code may never come back: deployed clients still act on what it meant. Another error takes " +
			"another code.",
		Bad: "errors:\n  NOT_FOUND: {status: 404, category: access, meaning: It is not there}\nretired:\n  NOT_FOUND: " +
			"{since: 2025-03-01}\n",
		Good: "errors:\n  KEY_MISSING: {status: 404, category: access, meaning: It is not there}\nretired:\n  " +
			"NOT_FOUND: {since: 2025-03-01}\n",
	}, {
		Name: "invalid-group",
		Reason: "A group stands where codes stand, and is told from them by its name: lower-case words with hyphens " +
			"between them, which no code of the catalog has.",
		Bad:  "groups:\n  SignedIn: [KNOWN]\noperations:\n  getKey: [SignedIn]\n",
		Good: "groups:\n  signed-in: [KNOWN]\noperations:\n  getKey: [signed-in]\n",
	}, {
		Name: "circular-group",
		Reason: "A group is shorthand for the codes in it. One that leads back to itself, over other groups or at once, " +
			"names nothing that it does not name anyway, and often another was meant.",
		Bad:  "groups:\n  read: [KNOWN, write]\n  write: [read]\noperations:\n  getKey: [read]\n",
		Good: "groups:\n  read: [KNOWN]\n  write: [read]\noperations:\n  getKey: [write]\n",
	}, {
		Name: "listed-twice",
		Reason: "A list names a code or a group twice, and mostly another one was meant. That two groups of a list " +
			"hold the same code is fine.",
		Bad:  "operations:\n  getKey: [KNOWN, KNOWN]\n",
		Good: "operations:\n  getKey: [KNOWN]\n",
	}, {
		Name: "empty-operation",
		Reason: "Clients are told that this operation cannot fail, which no call over a network can keep. What every " +
			"operation can return stands once, under \"*\".",
		Bad:  "operations:\n  getKey: []\n",
		Good: "operations:\n  \"*\": [KNOWN]\n  getKey: []\n",
	}, {
		Name: "invalid-operation",
		Reason: "An operation is known by its operationId, as in OpenAPI. `at` says its method and path where no OpenAPI " +
			"file does: a method in capitals, a space, and the path from its first slash on, with parameters in braces.",
		Bad:  "operations:\n  getKey: {at: /keys/:id, errors: [KNOWN]}\n",
		Good: getKey,
	}, {
		Name: "operation-collision",
		Reason: "Two operations are at the same method and path, where an API has one. Names of parameters do not tell " +
			"paths apart.",
		Bad:  getKey + "  readKey: {at: \"GET /keys/{key}\", errors: [KNOWN]}\n",
		Good: getKey,
	}, {
		Name: "retired-name",
		Reason: "x-retired lists properties, or values of an enum, that may never come back: deployed clients still read " +
			"them as what they were. What is new takes another name.",
		Bad:  tooMany + "  details: {type: object, properties: {count: {type: integer}}, x-retired: [count]}\n",
		Good: tooMany + "  details: {type: object, properties: {total: {type: integer}}, x-retired: [count]}\n",
	}, {
		Name:  "near-code",
		Level: "warning",
		Reason: "A code span in prose becomes a link where it is a code of the catalog. This one is nearly a code, and so " +
			"was probably meant to be one; it will be no link, and mislead those " +
			"who search for it.",
		Bad:  notFound + "GONE:\n  status: 410\n  category: access\n  meaning: As `NOT_FOND`, for good\n",
		Good: notFound + "GONE:\n  status: 410\n  category: access\n  meaning: As `NOT_FOUND`, for good\n",
	}, {
		Name:  "block-markdown",
		Level: "warning",
		Reason: "A meaning, a recovery or a title is one line wherever it is shown: in a cell of a table, behind a code. A " +
			"list or a second paragraph in it would be run together. `description` takes Markdown of any length.",
		Bad:  notFound + "  recovery: |\n    - look again\n    - ask\n",
		Good: notFound + "  description: |\n    - look again\n    - ask\n",
	}, {
		Name: "invalid-docs-url",
		Reason: "The address of a code's documentation is docsURL, # and the code, or docsURL with the code in place " +
			"of {code}: a complete https or http address, with a fragment only where that holds {code}. A " +
			"code's own docsURL is the whole address.",
		Bad:  "info:\n  title: Errors\n  docsURL: docs.example.com/errors\n",
		Good: "info:\n  title: Errors\n  docsURL: https://docs.example.com/errors\n",
	}, {
		Name: "invalid-envelope",
		Reason: "The envelope is the body of an error response by example: placeholders such as {message} stand alone in " +
			"their texts, and what a client reads has one place. All else in it is sent as it stands there.",
		Bad:  "info:\n  title: Errors\n  envelope:\n    body: {code: \"{code}\", text: \"Error: {message}\"}\n",
		Good: "info:\n  title: Errors\n  envelope:\n    body: {code: \"{code}\", text: \"{message}\"}\n",
	}, {
		Name: "envelope-collision",
		Reason: "Details that stand beside the members of the envelope may not be called like one of these: one of the " +
			"two would be lost on the wire, and programs differ in which.",
		Bad:  spread + "    details: {type: object, properties: {code: {type: string}}}\n",
		Good: spread + "    details: {type: object, properties: {reason: {type: string}}}\n",
	}, {
		Name: "envelope-mismatch",
		Reason: "The envelope cannot carry this: a code that is sent as a number has to be a whole number and come back " +
			"as the same text, and details that stand beside other members need names.",
		Bad:  "info: {title: Errors, envelope: {body: {code: \"{code as integer}\"}}}\n",
		Good: "info: {title: Errors, envelope: {body: {code: \"{code}\"}}}\n",
	}, {
		Name: "details-collision",
		Reason: "What info.details or the details of a category say holds for the details of each code, whose own come on " +
			"top. A property that is in both would have two descriptions.",
		Bad: "categories: {access: {title: Access, details: {type: object, properties: {at: {type: string}}}}}\nerrors:\n" +
			"  GONE: {status: 410, category: access, meaning: It was there, details: {type: object, properties: {at: {type: " +
			"integer}}}}\n",
		Good: "categories: {access: {title: Access, details: {type: object, properties: {at: {type: string}}}}}\nerrors:\n" +
			"  GONE: {status: 410, category: access, meaning: It was there, details: {type: object, properties: {count: " +
			"{type: integer}}}}\n",
	}, {
		Name: "unsupported-schema",
		Reason: "Details are a closed world: what has one clear form in every language. A schema outside of it would " +
			"become a type that takes anything in one language and an error in " +
			"another, so that it is refused with a way out.",
		Bad:  counted + "{type: [integer, string]}\n",
		Good: counted + "{type: integer}\n",
	}, {
		Name: "unknown-reference",
		Reason: "$ref names a schema under `types`, or under $defs of the same details. Nothing is read from elsewhere, " +
			"and this name is not there.",
		Bad: "errors:\n  TOO_MANY: {status: 400, category: access, meaning: There are too many, details: {$ref: " +
			"\"#/types/Limit\"}}\n",
		Good: "errors:\n  TOO_MANY: {status: 400, category: access, meaning: There are too many, details: {$ref: " +
			"\"#/types/Limit\"}}\ntypes:\n  Limit: {type: object, properties: {count: {type: integer}}}\n",
	}, {
		Name: "circular-reference",
		Reason: "A type may contain itself where it can end: in a property that is optional or may be null, or in a list " +
			"or map. One that has to hold another of its kind never ends, and a list of itself has no name in any language.",
		Bad:  "types:\n  Folder: {type: object, required: [parent], properties: {parent: {$ref: \"#/types/Folder\"}}}\n",
		Good: "types:\n  Folder: {type: object, properties: {parent: {$ref: \"#/types/Folder\"}}}\n",
	}, {
		Name:   "invalid-type-name",
		Reason: "A type keeps its name in every language: a capital, then letters and digits.",
		Bad:    "types:\n  rate-limit: {type: object}\n",
		Good:   "types:\n  RateLimit: {type: object}\n",
	}, {
		Name: "invalid-example",
		Reason: "Examples, defaults and constants must fit the schema beside them: people copy them, and OpenAPI tools " +
			"reject a document where they do not.",
		Bad: tooMany + "  details:\n    type: object\n    properties: {count: {type: integer}}\n" +
			"  examples: [{details: {count: many}}]\n",
		Good: tooMany + "  details:\n    type: object\n    properties: {count: {type: integer}}\n" +
			"  examples: [{details: {count: 12}}]\n",
	}, {
		Name: "invalid-name",
		Reason: "A base name under `names` takes the place of the code's words in one target: a capital, then letters and " +
			"digits.",
		Bad:  notFound + "  names: {openapi: not_found}\n",
		Good: notFound + "  names: {openapi: NotFound}\n",
	}, {
		Name:   "invalid-target-name",
		Reason: "The name of a target is that of its folder: lower-case letters, digits and hyphens.",
		Bad:    "version: 1\ntargets:\n  Markdown: {out: docs}\n",
		Good:   "version: 1\ntargets:\n  markdown: {out: docs}\n",
	}, {
		Name:  "unknown-target",
		Level: "warning",
		Reason: "A base name is for a target that does not exist, neither among errgen's own nor in the folder of " +
			"--templates: it would never be used.",
		Bad:  notFound + "  names: {openapis: Missing}\n",
		Good: notFound + "  names: {openapi: Missing}\n",
	}, {
		Name: "name-collision",
		Reason: "Two names of the catalog would become one name in a language. Nothing is renamed in silence: a number " +
			"behind one of them would move to the other some day. `names` gives a code or a category " +
			"another base name in one target, `x-names` beside its schema a property or a value of an enum: what is on the " +
			"wire stays. A code that is not in use yet is better called something else.",
		Bad: "KEY_1_2: {status: 404, category: access, meaning: It is not there}\nKEY_12: {status: 404, category: " +
			"access, meaning: It never was}\n",
		Good: "KEY_1_2: {status: 404, category: access, meaning: It is not there}\nKEY_TWELVE: {status: 404, category: " +
			"access, meaning: It never was}\n",
	}, {
		Name: "no-openapi",
		Reason: "The file is named as the OpenAPI document of the API, and is none of version 3 or Swagger 2. The version " +
			"stands at its top.",
		Bad:  "openapi: 4.0.0\npaths: {}\n",
		Good: paths + "  /projects: {get: {operationId: listProjects}}\n",
	}, {
		Name: "path-elsewhere",
		Reason: "A path of the OpenAPI document stands in another file, and only the document itself is read. A bundler " +
			"makes one file of all.",
		Bad:  paths + "  /projects: {$ref: paths/projects.yaml}\n",
		Good: paths + "  /projects: {get: {operationId: listProjects}}\n",
	}, {
		Name: "duplicate-operation",
		Reason: "Two operations of the OpenAPI document have the same operationId: which of them answers with the errors " +
			"of that name, nobody can tell.",
		Bad:  paths + "  /projects: {get: {operationId: list}}\n  /keys: {get: {operationId: list}}\n",
		Good: paths + "  /projects: {get: {operationId: listProjects}}\n  /keys: {get: {operationId: listKeys}}\n",
	}, {
		Name: "unknown-operation",
		Reason: "The catalog has an operation that the OpenAPI document of the API does not, or has at another place. An " +
			"overlay for it would change nothing, and no program for overlays says so. The catalog of the example has " +
			"listProjects: [KNOWN].",
		Bad:  paths + "  /projects: {get: {operationId: listProject}}\n",
		Good: paths + "  /projects: {get: {operationId: listProjects}}\n",
	}, {
		Name: "impossible-status",
		Reason: "The OpenAPI document of the API says that an operation answers with a status that no error has which the " +
			"catalog lists for it. One of the two is wrong; with --set openapi.impossible=remove the overlay takes such an " +
			"answer out, with keep it stays. The catalog of the example has listProjects: [KNOWN], with status 400.",
		Bad: paths +
			"  /projects: {get: {operationId: listProjects, responses: {\"410\": {description: It is gone}}}}\n",
		Good: paths +
			"  /projects: {get: {operationId: listProjects, responses: {\"400\": {description: It is wrong}}}}\n",
	}, {
		Name: "unknown-rule",
		Reason: "errgen.yaml speaks of a rule that does not exist: what was meant by it would never be done. `errgen " +
			"explain` lists the rules.",
		Bad:  "version: 1\nlint:\n  rules: {mising-recovery: error}\n",
		Good: "version: 1\nlint:\n  rules: {missing-recovery: error}\n",
	}, {
		Name:  "loose-acceptance",
		Level: "warning",
		Reason: "An acceptance under `breaking` in errgen.yaml does not say which values are meant, and so would accept " +
			"the next change there too: from 404 to 500 as from 404 to 410. `was` and `is` hold the values.",
	}, {
		Name:  "stale-acceptance",
		Level: "warning",
		Reason: "An acceptance under `breaking` in errgen.yaml matches no change between the two catalogs, or what has " +
			"changed has other values than it says. It is done with once the revision compared with has the change; " +
			"remove it then.",
	}, {
		Name: "stale-output",
		Reason: "A generated file is not what the catalog says: it is missing, different, left over from an earlier " +
			"catalog, or not errgen's. `errgen generate` makes it current.",
	}, {
		Name: "too-many-mistakes",
		Reason: "There are more mistakes than anybody reads at once. Correct the first ones: many of the others may have " +
			"the same cause.",
	},
}

// What examples begin with, or are.
const (
	smallest = "version: 1\ninfo: {title: Errors}\ncategories: {access: {title: Access}}\nerrors:\n" +
		"  NOT_FOUND: {status: 404, category: access, meaning: It is not there}\n"
	notFound = "NOT_FOUND:\n  status: 404\n  category: access\n  meaning: It is not there\n"
	tooMany  = "TOO_MANY:\n  status: 400\n  category: access\n  meaning: There are too many\n"
	counted  = tooMany + "  details:\n    type: object\n    properties:\n      count: "
	getKey   = "operations:\n  getKey: {at: \"GET /keys/{id}\", errors: [KNOWN]}\n"
	paths    = "openapi: 3.1.0\npaths:\n"
	spread   = "info: {title: Errors, envelope: {body: {code: \"{code}\", \"...\": \"{details}\"}}}\nerrors:\n" +
		"  TOO_MANY:\n    status: 400\n    category: access\n    meaning: There are too many\n"
)

// notFoundBut returns the example notFound with something in the place of a part.
func notFoundBut(part, instead string) string { return strings.Replace(notFound, part, instead, 1) }

// Examples of what is too much.
var (
	deep    = strings.Repeat("[", 65) + strings.Repeat("]", 65)
	longKey = "A" + strings.Repeat("_VERY", 21) + "_LONG_CODE"
)
