/** The scripts that stand between a fresh clone and the service: when an install may be done otherwise. */
const { lacksOnlyOtherPlatforms } = require('../../scripts/lib/install') as {
  lacksOnlyOtherPlatforms(text: string): boolean;
};

describe('When npm ci refuses the lock', () => {
  const says = (...complaints: string[]) =>
    lacksOnlyOtherPlatforms(
      complaints.map((line) => `npm error ${line} from lock file\n`).join(''),
    );

  test('and only binaries of other platforms are missing, then npm install may step in', () => {
    expect(
      says('Missing: @swc/core-darwin-x64@1.16.18', 'Missing: @esbuild/win32-x64@0.28.2'),
    ).toBe(true);
  });

  test('and a real package is missing or differs, then the lock must be repaired', () => {
    expect(says('Missing: @swc/core-darwin-x64@1.16.18', 'Missing: typeorm@1.1.1')).toBe(false);
    expect(says('Invalid: lock file’s esbuild-linux@1 does not satisfy esbuild-linux@2')).toBe(
      false,
    );
  });

  test('and nothing is said of the lock, then it was something else', () => {
    expect(lacksOnlyOtherPlatforms('npm error network timeout')).toBe(false);
  });
});
