// The judge of the gate, for TypeScript: it compiles programs that use everything of an old module against a new one,
// and has the old module read what the new one sends. One line of JSON in, one out.
import { createInterface } from "node:readline";
import ts from "typescript";

const options = {
  strict: true,
  noImplicitReturns: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ES2022,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2022.d.ts"],
  types: [],
};

const real = ts.createCompilerHost(options);
const libraries = new Map();
let before;

/** The first lines of what the compiler says of the programs. */
function compile(texts) {
  const host = {
    ...real,
    fileExists: (name) => Object.hasOwn(texts, name) || real.fileExists(name),
    readFile: (name) => texts[name] ?? real.readFile(name),
    getSourceFile(name, language) {
      if (Object.hasOwn(texts, name)) return ts.createSourceFile(name, texts[name], language, true);
      if (!libraries.has(name)) libraries.set(name, real.getSourceFile(name, language));
      return libraries.get(name);
    },
  };
  before = ts.createProgram(Object.keys(texts), options, host, before);
  const said = {};
  for (const name of Object.keys(texts)) {
    if (name === "/errors.ts") continue;
    const file = before.getSourceFile(name);
    const found = [...before.getSyntacticDiagnostics(file), ...before.getSemanticDiagnostics(file)];
    said[name] = found.map((d) => ts.flattenDiagnosticMessageText(d.messageText, " ").slice(0, 200) +
      " in " + file.text.split("\n")[file.getLineAndCharacterOfPosition(d.start ?? 0).line].trim());
  }
  return said;
}

/** What a module exports, as it is written there. */
function read(text) {
  const file = ts.createSourceFile("/errors.ts", text, ts.ScriptTarget.ES2022, true);
  const of = { names: new Map(), codes: new Map(), delayed: new Set(), statuses: new Map() };
  for (const s of file.statements) {
    if (ts.isInterfaceDeclaration(s) && s.name.text === "ErrorStatuses") of.statuses = members(s);
    if (!s.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)) continue;
    if (ts.isVariableStatement(s)) {
      for (const d of s.declarationList.declarations) of.names.set(d.name.getText(), d);
    } else if (s.name) of.names.set(s.name.text, s);
  }
  of.codes = members(of.names.get("ErrorDetails"));
  const delayed = of.names.get("RetryAfterCode")?.type;
  for (const t of delayed && ts.isUnionTypeNode(delayed) ? delayed.types : delayed ? [delayed] : []) {
    if (ts.isLiteralTypeNode(t)) of.delayed.add(t.literal.text);
  }
  return of;
}

function members(declaration) {
  const of = new Map();
  for (const m of declaration?.members ?? []) {
    if (ts.isPropertySignature(m)) {
      of.set(m.name.text, { type: m.type.getText(), optional: m.questionToken !== undefined });
    }
  }
  return of;
}

/** Programs that use everything of a module; library holds the names that do not come from a catalog. */
function programs(of, library) {
  const client = [], exhaustive = [];
  const typeOnly = (d) => ts.isInterfaceDeclaration(d) || ts.isTypeAliasDeclaration(d);
  const imported = [...of.names].map(([name, d]) => (typeOnly(d) ? "type " : "") + name);
  const head = `import { ${imported.join(", ")} } from "./errors";`;
  let count = 0;
  const fresh = (type) => {
    client.push(`declare const v${++count}: ${type};`);
    return `v${count}`;
  };
  for (const [name, d] of of.names) {
    if (ts.isFunctionDeclaration(d) && !d.typeParameters) {
      const values = d.parameters.map((p) => fresh(p.type.getText()));
      const result = d.type ? `: ${ts.isTypePredicateNode(d.type) ? "boolean" : d.type.getText()}` : "";
      client.push(`export const r${++count}${result} = ${name}(${values.join(", ")});`);
    } else if (name === "OperationErrors") {
      operations(members(d), client, exhaustive);
    } else if (!library.has(name) && ts.isInterfaceDeclaration(d)) {
      object(name, members(d), client, fresh);
    } else if (!library.has(name) && ts.isTypeAliasDeclaration(d) && !d.typeParameters) {
      alias(name, d, client, exhaustive, fresh);
    }
  }
  for (const [code, { type }] of of.codes) {
    raise(of, code, type, client, fresh);
    handle(code, type, client);
  }
  const status = of.names.get("errorStatus");
  const table = status && ts.isAsExpression(status.initializer) ? status.initializer.expression : undefined;
  for (const p of table?.properties ?? []) {
    const key = JSON.stringify(p.name.text);
    client.push(`export const r${++count}: ${p.initializer.getText()} = errorStatus[${key}];`);
  }
  const cases = [...of.codes.keys()].map((c) => `case ${JSON.stringify(c)}: return 1;`).join(" ");
  exhaustive.push(`export function ofCode(c: ErrorCode): number { switch (c) { ${cases} } }`);
  return { client: [head, ...client].join("\n"), exhaustive: [head, ...exhaustive].join("\n") };
}

/** Makes an object with all it may have and with what it must have, and reads each property. */
function object(name, of, client, fresh) {
  const all = [], must = [];
  for (const [key, { type, optional }] of of) {
    const k = JSON.stringify(key), value = fresh(type);
    all.push(`${k}: ${value}`);
    if (!optional) must.push(`${k}: ${value}`);
    const read = type + (optional ? " | undefined" : "");
    client.push(`export function get${client.length}(o: ${name}): ${read} { return o[${k}]; }`);
  }
  client.push(`export const all${client.length}: ${name} = { ${all.join(", ")} };`);
  client.push(`export const must${client.length}: ${name} = { ${must.join(", ")} };`);
}

/** Names each code of each operation, and handles the error of it. */
function operations(of, client, exhaustive) {
  for (const [id, { type }] of of) {
    const o = JSON.stringify(id), codes = type.match(/"[^"]+"/g) ?? [];
    client.push(`export const operation${client.length}: Operation = ${o};`);
    for (const c of codes) {
      client.push(`export const may${client.length}: OperationErrors[${o}] = ${c};`);
      client.push(`export function is${client.length}(e: ErrorOf<${o}>): boolean { return e.code === ${c}; }`);
    }
    const cases = codes.map((c) => `case ${c}: return 1;`).join(" ");
    const all = `(e: ErrorOf<${o}>): number { switch (e.code) { ${cases} } }`;
    if (cases) exhaustive.push(`export function op${exhaustive.length}${all}`);
  }
}

function alias(name, d, client, exhaustive, fresh) {
  const types = ts.isUnionTypeNode(d.type) ? d.type.types : [d.type];
  const isText = (t) => ts.isLiteralTypeNode(t) && ts.isStringLiteral(t.literal);
  const literals = types.filter(isText).map((t) => t.getText());
  if (literals.length === 0) {
    client.push(`export const to${client.length}: ${d.type.getText()} = ${fresh(name)};`);
    client.push(`export const from${client.length}: ${name} = ${fresh(d.type.getText())};`);
    return;
  }
  client.push(`export const text${client.length}: string = ${fresh(name)};`);
  for (const l of literals) {
    client.push(`export const one${client.length}: ${name} = ${l};`);
    client.push(`export function is${client.length}(v: ${name}): boolean { return v === ${l}; }`);
  }
  if (literals.length < types.length) {
    client.push(`export const other${client.length}: ${name} = "no such value";`);
  } else {
    const cases = literals.map((l) => `case ${l}: return 1;`).join(" ");
    exhaustive.push(`export function of${exhaustive.length}(v: ${name}): number { switch (v) { ${cases} } }`);
  }
}

function raise(of, code, type, client, fresh) {
  const parts = [], c = JSON.stringify(code);
  if (type !== "undefined") parts.push(`details: ${fresh(type)}`);
  const body = parts.length > 0 ? `, { ${parts.join(", ")} }` : "";
  if (of.delayed.has(code)) parts.push("retryAfterMs: 5");
  const given = parts.length > 0 ? `, { ${parts.join(", ")} }` : "";
  client.push(`export const body${client.length} = errorBody(${c}${body});`);
  client.push(`export const error${client.length}: ApiError = apiError(${c}${given});`);
  const statuses = (of.statuses.get(code)?.type ?? "").match(/\d+/g) ?? [];
  for (const status of statuses) {
    const options = [...parts, `status: ${status}`].join(", ");
    client.push(`export const with${client.length}: ApiError = apiError(${c}, { ${options} });`);
  }
}

function handle(code, type, client) {
  const c = JSON.stringify(code);
  client.push(`export function has${client.length}(e: AnyError): ${type} | void { if (hasCode(e, ${c})) { ` +
    `const code: ${c} = e.code; const d: ${type} = e.details; void code; return d; } }`);
  client.push(`export function known${client.length}(e: AnyError): ${type} | void { ` +
    `if (isKnownError(e) && e.code === ${c}) { const d: ${type} = e.details; return d; } }`);
}

/** Runs a module. */
function load(text) {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(text, { compilerOptions });
  const exports = {};
  new Function("exports", outputText)(exports);
  return exports;
}

/** What a module sends. */
function send(module, { code, details, status }) {
  const given = {
    ...(details === undefined ? {} : { details }), ...(status ? { status } : {}),
    retryAfterMs: 3000, message: "M", requestId: "req-1",
  };
  const error = module.apiError(code, given);
  const answer = module.errorResponse?.(error) ?? { status: error.status, headers: {}, body: error.toJSON() };
  return { ...answer, body: JSON.parse(JSON.stringify(answer.body)) };
}

/** What a module reads of that. */
function receive(module, { status, headers, body }, promised) {
  const e = module.findError(status, body, headers);
  if (!e) return { lost: true };
  const typed = !promised || (e.details !== null && e.details !== undefined);
  return { code: e.code, message: e.message, requestId: e.requestId, delayed: e.retryAfterMs !== undefined, typed };
}

function exchange(before, after, samples) {
  return samples.map((sample) => {
    try {
      return receive(before, send(after, sample), sample.promised);
    } catch (error) {
      return { failed: String(error) };
    }
  });
}

/** What each code of a module says of itself when it is raised. */
function facts(module) {
  const said = {};
  for (const code of Object.keys(module.errorStatus)) {
    const error = module.apiError(code, {});
    said[code] = `${error.status} ${error.retryable}`;
  }
  const answer = module.errorResponse?.(new Error("x"));
  return { said, internal: answer ? JSON.stringify(answer.body) : "none" };
}

const cache = new Map();
let library = new Set();

function once(kind, text, make) {
  const key = kind + text;
  if (!cache.has(key)) {
    if (cache.size > 200) cache.clear();
    cache.set(key, make(text));
  }
  return cache.get(key);
}

function judge({ before, after, samples, returned }) {
  const old = once("programs", before, (text) => programs(read(text), library));
  const beside = (module) =>
    compile({ "/errors.ts": module, "/client.ts": old.client, "/exhaustive.ts": old.exhaustive });
  const said = beside(after);
  const wrong = Object.values(said).flat().length > 0 ? Object.values(beside(before)).flat() : [];
  const [was, is] = [before, after].map((text) => once("module", text, load));
  return {
    wrong, client: said["/client.ts"], exhaustive: said["/exhaustive.ts"],
    before: once("facts", before, () => facts(was)), after: once("facts", after, () => facts(is)),
    received: exchange(was, is, samples), receivedBefore: exchange(was, was, returned),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer = {};
  if (request.library !== undefined) library = new Set(read(request.library).names.keys());
  else answer = judge(request);
  process.stdout.write(JSON.stringify(answer) + "\n");
}
