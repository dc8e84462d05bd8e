// The compiler's own parser finds the declarations, tags and strings that errgen means, and nothing that a free text
// smuggled in.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import ts from "typescript";
import { cases, catalogOf, importAsIs, typescriptOf } from "./modules.ts";

const tags = new Set("since deprecated see format default pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems minProperties maxProperties".split(" "));
const statements = new Set([ts.SyntaxKind.InterfaceDeclaration, ts.SyntaxKind.TypeAliasDeclaration, ts.SyntaxKind.ClassDeclaration, ts.SyntaxKind.FunctionDeclaration, ts.SyntaxKind.VariableStatement]);
const runtime = ["ApiError", "apiError", "decodeError", "decodeResponse", "errorBody", "errorMessages", "errorResponse", "errorStatus", "findError", "hasCode", "isKnownError", "passOn", "retryDelay"];
const tables = { title: "errorTitles", category: "errorCategories", docsURL: "errorDocs" }; // where the envelope has the placeholder

for (const { name, dir } of cases) {
  await test(name, async () => {
    const text = await readFile(typescriptOf(dir), "utf8");
    const file = ts.createSourceFile("errors.ts", text, ts.ScriptTarget.ES2022, true);
    for (const statement of file.statements) assert(statements.has(statement.kind), statement.getText());
    assert.deepEqual(strayTags(file), []);
    assert.deepEqual(directives(text), []);

    const { errors, internal, envelope } = await catalogOf(dir);
    const module = await importAsIs(dir);
    const printed = Object.entries(tables).filter(([placeholder]) => JSON.stringify(envelope.body).includes(`{${placeholder}}`));
    const exported = [...runtime.filter((name) => name !== "passOn" || internal), ...printed.map(([, table]) => table)];
    const { errorCodes: symbols = {} } = module as { errorCodes?: Record<string, string> };
    if (Object.keys(symbols).length > 0) exported.push("errorCodes");
    for (const code of Object.values(symbols)) assert(errors.some((e) => e.code === code), code);
    for (const { code, symbol } of errors) if (symbol !== undefined) assert(Object.values(symbols).includes(code), code);
    assert.deepEqual(Object.keys(module), exported.sort());
    assert.deepEqual({ ...module.errorStatus }, Object.fromEntries(errors.map((e) => [e.code, e.status])));
    assert.deepEqual({ ...module.errorMessages }, Object.fromEntries(errors.map((e) => [e.code, e.message])));
    const decoded = errors.map(({ code }) => module.decodeError(400, module.errorBody(code as never, { details: {} } as never)));
    assert.deepEqual(decoded.map((e) => e.retryable), errors.map((e) => e.retryable));
    assert.deepEqual(decoded.map((e) => e.message), errors.map((e) => e.message));
    assert.deepEqual(detailsInterface(file), errors.map((e) => e.code));
  });
}

/** The JSDoc tags and links that errgen does not print. */
function strayTags(file: ts.SourceFile): string[] {
  const stray: string[] = [];
  const visit = (node: ts.Node): void => {
    for (const doc of ts.getJSDocCommentsAndTags(node)) {
      const found = ts.isJSDoc(doc) ? (doc.tags ?? []) : [doc];
      stray.push(...found.map((tag) => tag.tagName.text).filter((tag) => !tags.has(tag)));
      for (const comment of [doc.comment, ...found.map((tag) => tag.comment)])
        if (typeof comment === "object") stray.push(...comment.filter((part) => ts.isJSDocLinkLike(part)).map((part) => part.getText()));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return stray;
}

/**
 * What a compiler or a linter takes for an order: references and pragmas before the code, and @ts- comments anywhere.
 */
function directives(text: string): string[] {
  const { referencedFiles, typeReferenceDirectives, libReferenceDirectives, importedFiles } = ts.preProcessFile(text);
  const orders = [...referencedFiles, ...typeReferenceDirectives, ...libReferenceDirectives, ...importedFiles].map((reference) => reference.fileName);
  return [...orders, ...(text.match(/^\s*(\/\/|\/\*).*(@ts-|eslint-|sourceMappingURL).*$/gm) ?? [])];
}

/** The codes as ErrorDetails declares them. */
function detailsInterface(file: ts.SourceFile): string[] {
  const details = file.statements.filter(ts.isInterfaceDeclaration).find((declaration) => declaration.name.text === "ErrorDetails");
  return (details?.members ?? []).map(({ name }) => {
    const key = name && ts.isComputedPropertyName(name) ? name.expression : name; // ["__proto__"]
    return key && "text" in key ? String(key.text) : "no key";
  });
}
