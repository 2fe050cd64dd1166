/* The edge of kata 13, as it is: what is hidden in a mystery lies behind it. */
import '../../../kata-13-end-to-end-trace/api/node/main.js';
