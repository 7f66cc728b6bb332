using System.Runtime.Versioning;

// Terminals, signals and the modes of files are looked at as Linux has them.
[assembly: SupportedOSPlatform("linux")]
