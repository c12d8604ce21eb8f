// Loaded before a program that is measured from outside: answers every message with the processor time and the memory
// that it has used.
// Plain JavaScript, so that nothing stands between Node and the program.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000, rssMiB: process.memoryUsage.rss() / 2 ** 20 });
});
