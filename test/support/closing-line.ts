// A vitest reporter that ends the output with one line any machine can read: `N passed, N failed`.
import type { Reporter, TestModule } from 'vitest/node';

export const closingLine: Reporter = {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandled) {
    const count = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      // A file that failed before or around its tests (an import, a beforeAll) has failed, too.
      count.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed' || state === 'failed' || state === 'skipped') count[state]++;
      }
    }
    // After vitest's own summary, which is printed in the same turn.
    process.on('exit', () => {
      const skipped = count.skipped ? `, ${count.skipped} skipped` : '';
      console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
    });
  },
};
