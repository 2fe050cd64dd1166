import { expect, it } from 'vitest';
import { noticeOf } from './versions.js';

it.each(['3.9.1', '3.10.8', '3.13.7', '4.0.5', '4.2.0', '4.3.6', '4.3', '?', ''])(
  'has nothing to say of %j',
  (version) => {
    expect(noticeOf({ version })).toBeUndefined();
  },
);

it.each(['4.4.0', '4.10.1', '5.0.0', '4.4.0-rc.1'])('says of %j where it was tried', (version) => {
  expect(noticeOf({ version })).toContain(version);
  expect(noticeOf({ version })).toContain('3.10, 4.0, 4.3');
});
