// Loaded before a program whose clock is to be moved from outside: a message { passMs } sets it forward.
const now = Date.now.bind(Date);
let passedMs = 0;
Date.now = () => now() + passedMs;
globalThis.Date = new Proxy(Date, {
  construct: (target, given) => (given.length === 0 ? new target(target.now()) : new target(...given)),
});
process.on('message', ({ passMs = 0 }) => {
  passedMs += passMs;
});
