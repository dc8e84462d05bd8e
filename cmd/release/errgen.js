#!/usr/bin/env node
"use strict";
// There is no install script: npm picks the package of this platform, an optional dependency, by its os and cpu.
const { spawn } = require("node:child_process");
const { sep } = require("node:path");

const name = `@sigsentry/errgen-${process.platform}-${process.arch}`;
let binary;
try {
  binary = require.resolve(`${name}/bin/errgen${process.platform === "win32" ? ".exe" : ""}`);
} catch {
  console.error(
    `errgen: the package ${name} is not installed: errgen has no build for this platform, or optional dependencies were left out ` +
      "(npm install --include=optional; a lockfile made on another system can lack them too)",
  );
  process.exit(2);
}

// What its hints tell people to type: a project's own errgen is not on the PATH.
const root = __dirname.split(/[\\/]node_modules[\\/]/)[0];
let calledAs = "errgen";
if (/[\\/]_npx[\\/]/.test(root)) calledAs = "npx @sigsentry/errgen";
else if ((process.cwd() + sep).startsWith(root + sep)) calledAs = "npx errgen";

const env = { ...process.env, ERRGEN_CALLED_AS: calledAs };
const errgen = spawn(binary, process.argv.slice(2), { stdio: "inherit", env });
process.on("SIGINT", () => {}); // Ctrl-C reaches errgen too, which decides what becomes of it
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => errgen.kill(signal));
errgen.on("error", (error) => {
  console.error(`errgen: ${error.message}`);
  process.exit(2);
});
errgen.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
