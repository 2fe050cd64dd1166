/** What `npm test` leaves out and `npm test -- --all-twins` and the tests of a change run as well. */
export const everything = process.env['PLAN_TEST_EVERY_TWIN'] === '1';
