// Writes the script of the pages as short as it may be: node minify.cjs SOURCE TARGET, or to the output.
const { readFileSync, writeFileSync } = require('node:fs');
const { minify } = require('terser');

const [source, target] = process.argv.slice(2);
const settings = { compress: { ecma: 2020, passes: 3, unsafe: true }, mangle: { toplevel: true }, toplevel: true };
minify(readFileSync(source, 'utf8'), settings).then(({ code }) => writeFileSync(target || 1, code));
