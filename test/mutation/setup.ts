import fc from 'fast-check';

// The same few examples in every run, and in little time: a mutant is killed or survives by what the tests say, not by luck.
fc.configureGlobal({ seed: 20_261_125, numRuns: 30, plugins: [fc.interruptAfterTimeLimit(400)] });
