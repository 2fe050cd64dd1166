import { serviceUser, type ServiceUser } from '../private/user.js';

export function redisUser(): ServiceUser | undefined {
  return serviceUser(['redis', 'valkey', 'nobody']);
}
