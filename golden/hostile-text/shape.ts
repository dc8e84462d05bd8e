// node shape.ts typescript|yaml FILE prints what a parser finds in a file: each node's kind, with the text of strings
// and names.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import ts from "typescript";
import { parse } from "yaml";

const [language, path = ""] = process.argv.slice(2);
const source = readFileSync(path, "utf8");
console.log(JSON.stringify(language === "yaml" ? parse(source) : shape(source)));

interface Part {
  readonly kind: string;
  readonly text: string;
}

function shape(text: string): Part[] {
  const file = ts.createSourceFile("errors.ts", text, ts.ScriptTarget.Latest, true);
  const { parseDiagnostics, commentDirectives, pragmas } = file as unknown as Record<string, { length?: number; size?: number } | undefined>;
  assert(!parseDiagnostics?.length && !commentDirectives?.length && !pragmas?.size, "errors, @ts-ignore or @ts-nocheck");
  assert(!file.referencedFiles.length && !file.typeReferenceDirectives.length && !file.libReferenceDirectives.length, "/// <reference>");

  const found: Part[] = [];
  const visit = (node: ts.Node) => {
    const property = (ts.isPropertySignature(node.parent) || ts.isPropertyAssignment(node.parent)) && node === node.parent.name;
    if (ts.isStringLiteralLike(node)) found.push({ kind: property ? "name" : ts.SyntaxKind[node.kind], text: node.text });
    else if (property && ts.isIdentifier(node)) found.push({ kind: "name", text: node.text });
    else found.push({ kind: ts.SyntaxKind[node.kind], text: "" });
    for (const comment of ts.getJSDocCommentsAndTags(node)) {
      if (!ts.isJSDoc(comment)) continue;
      found.push(...said(comment.comment, "prose"));
      for (const tag of comment.tags ?? []) {
        found.push({ kind: `@${tag.tagName.text}`, text: "" });
        found.push(...said(tag.comment, tag.tagName.text === "default" ? "words" : "prose")); // editors show a default as code, the rest as Markdown
      }
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

/** The text of a comment, and the links in it. */
function said(comment: string | ts.NodeArray<ts.JSDocComment> | undefined, kind: string): Part[] {
  const links = typeof comment === "object" ? comment.filter((node) => node.kind !== ts.SyntaxKind.JSDocText) : [];
  return [{ kind, text: ts.getTextOfJSDocComment(comment) ?? "" }, ...links.map((link) => ({ kind: ts.SyntaxKind[link.kind], text: "" }))];
}
