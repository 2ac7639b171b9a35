export { prepareUser, storeUser, type NewUser } from './create-user.ts';
export { toSessionUser, toUser } from './user.dto.ts';
export { defineUserModel, type UserModel, type UserRecord } from './user.model.ts';
export { createUserService, type UserService } from './user.service.ts';
