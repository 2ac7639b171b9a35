export { defineDepartmentModel, type DepartmentModel, type DepartmentRecord } from './department.model.ts';
export { createDepartmentService, type DepartmentService } from './department.service.ts';
