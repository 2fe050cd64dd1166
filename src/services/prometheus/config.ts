import { stringify } from 'yaml';

/**
 * What Prometheus is told: where targets and rules are. It looks at each once a second where that says
 * nothing else; what a program's page may cost is bounded, since nobody knows what programs write.
 */
export function configuration(shelf: string, { from3 }: { from3: boolean }): string {
  return stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: [`${shelf}/*.rules.yml`],
    scrape_configs: [
      {
        job_name: 'plan',
        ...{ body_size_limit: '8MB', sample_limit: 20_000, label_limit: 64 },
        label_value_length_limit: 1_024,
        follow_redirects: false,
        // From 3.0 on, a page that does not say what it is would not be read.
        ...(from3 && { fallback_scrape_protocol: 'PrometheusText0.0.4' }),
        file_sd_configs: [{ files: [`${shelf}/*.json`], refresh_interval: '5s' }],
      },
    ],
  });
}

/** Whoever has no own one gets this. */
export const usualImage = 'prom/prometheus:v3.5.0';

/** Whom it lets in. */
export const user = 'plan';

/** With the cheapest hash there is: the password is random, and whoever asks often pays for it. */
export async function webConfiguration(password: string): Promise<string> {
  const { hash } = await import('bcryptjs');
  return stringify({ basic_auth_users: { [user]: await hash(password, 4) } });
}

interface Where {
  /** Of its configuration. */
  readonly folder: string;
  readonly data: string;
  readonly port: number;
}

export function parametersFor({ folder, data, port }: Where): string[] {
  return [
    `--config.file=${folder}/prometheus.yml`,
    `--web.config.file=${folder}/web.yml`,
    `--storage.tsdb.path=${data}`,
    '--storage.tsdb.retention.time=1d',
    '--storage.tsdb.retention.size=512MB',
    `--web.listen-address=127.0.0.1:${port}`,
    '--web.enable-lifecycle',
    // What a person looks at later on leads from a bucket to its trace.
    '--enable-feature=exemplar-storage',
    '--log.level=warn',
  ];
}
