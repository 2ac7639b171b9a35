export { readDepartmentUse } from './department-use.ts';
export { readWorkload } from './workload.ts';
