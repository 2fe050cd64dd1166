import { serviceUser, type ServiceUser } from '../private/user.js';

export function prometheusUser(): ServiceUser | undefined {
  return serviceUser(['prometheus', 'nobody']);
}
