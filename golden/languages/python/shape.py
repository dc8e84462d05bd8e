"""The parts of the module on the input, see shape in languages_wire_test.go."""

import ast
import base64
import sys
import tokenize

docs: set[tuple[int, int]] = set()  # where texts begin that are for people
names: set[tuple[int, int]] = set()  # and those that name something of the module
code = sys.stdin.buffer.read()
for node in ast.walk(ast.parse(code)):
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        docs.add((node.value.lineno, node.value.col_offset))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("deprecated", "_Field"):
        kind = docs if node.func.id == "deprecated" else names
        kind.add((node.args[0].lineno, node.args[0].col_offset))


def part(token: tokenize.TokenInfo) -> tuple[str, str]:
    kind = tokenize.tok_name[token.exact_type]
    if token.type == tokenize.COMMENT:
        return "words", token.string
    if token.start in names:
        return kind, ""
    if token.type == tokenize.STRING and token.string[0] in "'\"":
        return "words" if token.start in docs else kind, ast.literal_eval(token.string)
    return kind, token.string if token.type == tokenize.NUMBER else ""


lines = iter(code.splitlines(keepends=True))
for token in tokenize.tokenize(lambda: next(lines, b"")):
    if token.type != tokenize.NL:
        kind, text = part(token)
        print(kind, base64.b64encode(text.encode()).decode(), sep="\t")
