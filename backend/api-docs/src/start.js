/** Shows both documents of this server with Scalar, and nothing of Scalar's own services. */
globalThis.Scalar.createApiReference('#app', {
  sources: [
    { title: 'REST', slug: 'rest', url: '/api/openapi.json', default: true },
    { title: 'Live events', slug: 'events', url: '/api/asyncapi.json' },
  ],
  theme: 'none',
  layout: 'modern',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  mcp: { disabled: true },
  agent: { disabled: true },
  documentDownloadType: 'json',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
});
