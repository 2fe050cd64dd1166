/** The version of package.json, put in by the build. */
declare const PLAN_VERSION: string;
