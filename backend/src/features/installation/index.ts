export { defineInstallationModel, type InstallationModel } from './installation.model.ts';
export { prepareInstallation } from './prepare-installation.ts';
