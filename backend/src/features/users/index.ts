export { prepareUser, storeUser } from './create-user.ts';
export { toSessionUser } from './user.dto.ts';
export { defineUserModel, type UserModel, type UserRecord } from './user.model.ts';
export { createUserService, type UserService } from './user.service.ts';
