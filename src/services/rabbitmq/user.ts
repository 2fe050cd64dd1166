import { serviceUser, type ServiceUser } from '../private/user.js';

export function brokerUser(): ServiceUser | undefined {
  return serviceUser(['rabbitmq', 'nobody']);
}
