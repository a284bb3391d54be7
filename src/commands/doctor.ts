import { checkMachine, type CheckMachineParts } from '../views/check-machine.ts';

/** harmoni doctor [--fix]. Returns the exit code: 1 when something that is needed is not right. */
export async function runDoctorCommand(parts: CheckMachineParts, fix: boolean): Promise<number> {
  return (await checkMachine(parts, fix)) ? 0 : 1;
}
