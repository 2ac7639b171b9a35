export {
  defineInstallationModel,
  type InstallationModel,
  type InstallationRecord,
} from './installation.model.ts';
export { prepareInstallation } from './prepare-installation.ts';
