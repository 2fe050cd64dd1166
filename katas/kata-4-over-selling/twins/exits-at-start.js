// Ends before it is healthy.
console.error('cannot find my configuration');
process.exit(3);
