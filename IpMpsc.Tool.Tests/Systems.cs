using System.Runtime.Versioning;

// The tests check terminals, signals and file modes in their Linux form.
[assembly: SupportedOSPlatform("linux")]
