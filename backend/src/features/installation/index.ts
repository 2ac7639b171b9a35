export {
  defineInstallationModel,
  type InstallationModel,
  type InstallationRecord,
} from './installation.model.ts';
export { prepareInstallation, SCHEMA_VERSION } from './prepare-installation.ts';
