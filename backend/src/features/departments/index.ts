export { defineDepartmentModel } from './department.model.ts';
export { createDepartmentService, type DepartmentService } from './department.service.ts';
export { hoursSchema } from './hours.schema.ts';
