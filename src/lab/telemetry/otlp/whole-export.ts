/** One export with all that a span can say, as OTLP writes it in JSON. */
export const wholeExport = {
  resourceSpans: [
    {
      resource: {
        attributes: [{ key: 'service.name', value: { stringValue: 'api' } }],
        droppedAttributesCount: 0,
      },
      scopeSpans: [
        {
          scope: { name: 'http', version: '1' },
          spans: [
            {
              traceId: '5B8EFFF798038103D269B633813FC60C',
              spanId: 'eee19b7ec3c1b174',
              parentSpanId: 'EEE19B7EC3C1B173',
              name: 'POST /orders',
              kind: 2,
              startTimeUnixNano: '1544712660000000250',
              endTimeUnixNano: '1544712661000000000',
              flags: 769,
              somethingNew: true,
              attributes: [
                { key: 'http.route', value: { stringValue: '/orders' } },
                { key: 'http.response.status_code', value: { intValue: '202' } },
                { key: 'large', value: { intValue: '9223372036854775807' } },
                { key: 'negative', value: { intValue: '-3' } },
                { key: 'share', value: { doubleValue: 0.5 } },
                { key: 'cached', value: { boolValue: false } },
                { key: 'empty', value: { stringValue: '' } },
                { key: 'nothing', value: {} },
                {
                  key: 'list',
                  value: { arrayValue: { values: [{ stringValue: 'a' }, { boolValue: true }] } },
                },
                {
                  key: 'map',
                  value: { kvlistValue: { values: [{ key: 'in', value: { intValue: '1' } }] } },
                },
                { key: 'bytes', value: { bytesValue: 'AQI=' } },
              ],
              events: [
                {
                  timeUnixNano: '1544712660500000000',
                  name: 'exception',
                  attributes: [{ key: 'exception.type', value: { stringValue: 'Error' } }],
                },
              ],
              links: [{ traceId: '5b8efff798038103d269b633813fc60d', spanId: 'eee19b7ec3c1b175' }],
              status: { code: 2, message: 'out of stock' },
            },
          ],
        },
      ],
    },
  ],
};
