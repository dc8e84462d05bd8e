package intake

import "github.com/sigsentry/errgen/generator/diag"

// Rules returns what import says about files and a catalog.
func Rules() []diag.Rule { return rules }

var rules = []diag.Rule{
	{
		Name: "import-unclear", Group: "import", Level: "warning",
		Reason: "Import takes nothing for a code, a status or a meaning that may be something else: a number beside a " +
			"name, the class of an error, an HTTP status in a field called code, a cell with two codes. What is not " +
			"certain is left out and named here; it is an error where nothing of a file is certain. --map says what a column " +
			"or field holds, --select where the codes are.",
		Bad:  "[{\"name\": \"not_found\", \"code\": 404}]\n",
		Good: "[{\"code\": \"not_found\", \"status\": 404}]\n",
	}, {
		Name: "import-conflict", Group: "import", Level: "warning",
		Reason: "Two places say different things of one code. Which of them is right only your team knows, so the catalog " +
			"leaves the field open, with both beside it, until somebody has decided.",
		Bad:  "| Code | HTTP |\n| --- | --- |\n| NOT_FOUND | 404 |\n| NOT_FOUND | 400 |\n",
		Good: "| Code | HTTP |\n| --- | --- |\n| NOT_FOUND | 404 |\n",
	}, {
		Name: "import-differs", Group: "import", Level: "warning",
		Reason: "What a file says of a code is not what the catalog says. Import changes nothing that is in a catalog: one " +
			"of the two has to be corrected by hand. With --check it is an error, also where the catalog lacks the code, so " +
			"that CI notices when a source and the catalog drift apart.",
	},
}
