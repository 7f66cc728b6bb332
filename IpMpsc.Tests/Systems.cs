using System.Runtime.Versioning;

// Also what the runner goes by: a test that needs more of Linux than a library for both says so itself, with the reason.
[assembly: SupportedOSPlatform("linux")]
[assembly: SupportedOSPlatform("windows")]
