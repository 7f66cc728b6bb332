global using NUnit.Framework;

// Also what the runner goes by: a test that needs more of Linux than a library for both says so itself, with the reason.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("windows")]
