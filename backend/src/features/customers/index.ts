export { defineCustomerModel, type CustomerModel, type CustomerRecord } from './customer.model.ts';
