export { defineChatMetricModel } from './chat-metric.model.ts';
export { keepMetrics, MEASURE_JOB, sweepMetrics, type MetricNeeds } from './keep-metrics.ts';
export { readMetric } from './read-metric.ts';
