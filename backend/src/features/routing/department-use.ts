import { trusted } from 'mongoose';
import type { ChatModel } from '../chat/index.ts';
import type { UserModel } from '../users/index.ts';

/** What keeps a department from being removed, in words; null where nothing does. */
export async function readDepartmentUse(
  users: UserModel,
  chats: ChatModel,
  departmentId: string,
): Promise<string | null> {
  const [members, open] = await Promise.all([
    users.countDocuments({ departmentId }),
    chats.countDocuments({ departmentId, status: trusted({ $in: ['waiting', 'active'] }) }),
  ]);
  const uses = [
    ...(members > 0 ? [`users belong to it (${members}); give them another one`] : []),
    ...(open > 0 ? [`chats are open in it (${open}); transfer or close them`] : []),
  ];
  return uses.length > 0 ? `${uses.join(', and ')}.` : null;
}
